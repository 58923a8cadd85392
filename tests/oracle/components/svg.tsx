// props: size:number color:string title:string
export default function Icon({ size = 24, color = "currentColor", title }: { size?: number; color?: string; title?: string }) {
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} fill="none" stroke={color} strokeWidth={size / 12} strokeLinecap="round" xmlns="http://www.w3.org/2000/svg" xmlnsXlink="http://www.w3.org/1999/xlink" role="img">
      {title && <title>{title}</title>}
      <defs><linearGradient id="g" gradientUnits="userSpaceOnUse"><stop offset="0" stopColor={color} stopOpacity={0.5} /></linearGradient></defs>
      <path d={`M${size},0L0,${size * 2}z`} fillRule="evenodd" clipPath="url(#c)" pathLength={size} vectorEffect="non-scaling-stroke" />
      <text x={size} y="1" textAnchor="middle" fontSize={size} dominantBaseline="central" xmlSpace="preserve">{title}</text>
      <foreignObject><div className="x">{title}</div></foreignObject>
      <image xlinkHref="/i.png" preserveAspectRatio="none" />
      <feGaussianBlur stdDeviation={size} in="SourceGraphic" /><animate attributeName="x" repeatCount="indefinite" />
      <style>{".a{fill:red}"}</style><script>{"x"}</script><a href="/y">link</a>
    </svg>
  );
}
