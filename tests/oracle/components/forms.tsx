// props: action:string email:string on:boolean
export default function Forms({ action, email, on }: { action?: string; email?: string; on?: boolean }) {
  return (
    <form action={action} method="post" encType="multipart/form-data" target="_blank" acceptCharset="utf-8" autoComplete={on ? "on" : "off"}>
      <fieldset disabled={on} form="f"><legend>L</legend>
        <label htmlFor="e">E <input id="e" type="email" name="email" defaultValue={email} placeholder={email} pattern="[a-z]+" aria-invalid={!on} inputMode="email" enterKeyHint="send" autoCapitalize="none" list="dl" /></label>
        <datalist id="dl"><option value={email} /></datalist>
        <input type="file" accept="image/*" multiple capture={on ? "user" : undefined} /><input type="hidden" name="h" value={email} />
        <output htmlFor="e">{email}</output><keygen />
      </fieldset>
    </form>
  );
}
declare global { namespace JSX { interface IntrinsicElements { keygen: any } } }
