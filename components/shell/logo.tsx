/** The mark: a track diagram with one lamp. */
export function Logo() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="size-6 shrink-0">
      <g fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round">
        <path d="M2.5 18.5h19M2.5 13h6M15.5 13h6M12 13v5.5" />
      </g>
      <circle cx="12" cy="7.5" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <circle cx="12" cy="7.5" r="1.75" fill="var(--critical)" />
    </svg>
  );
}
