// props: as:string text:string href:string
const Box = ({ as: Tag = "div", ...props }: any) => <Tag {...props} />;
const tags: Record<string, string> = { primary: "button", lg: "h1", plain: "span" };
export default function Poly({ as, text, href }: { as?: string; text?: string; href?: string }) {
  const tag = as && Object.hasOwn(tags, as) ? tags[as] : href ? "a" : "div";
  return <Box as={tag} href={href} className="b">{text}<Box>{href}</Box></Box>;
}
