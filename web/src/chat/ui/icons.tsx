const paths = {
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  expert: "M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4.4 3.6-7 8-7s8 2.6 8 7M12 16.5v3M10.5 18h3",
  phone: "M5 4h4l1.5 5L8 10.5a12 12 0 005.5 5.5L15 13.5l5 1.5v4a1.5 1.5 0 01-1.6 1.5C10.5 20 4 13.5 3.5 5.6A1.5 1.5 0 015 4z",
  sheet: "M7 3h8l4 4v14H7a2 2 0 01-2-2V5a2 2 0 012-2zM14 3v5h5M9 13h6M9 17h6",
  restart: "M4 12a8 8 0 108-8c-2.8 0-5 1.3-6.5 3.2M5 3v4.5h4.5",
  down: "M6 9l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  alarm: "M12 3l10 18H2zM12 10v5M12 17.8v.2",
  camera: "M4 8h4l1.5-2.5h5L16 8h4v11H4zM12 16.5a3.2 3.2 0 100-6.4 3.2 3.2 0 000 6.4z",
  out: "M9 5h10v10M19 5L6 18",
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"
        stroke-linejoin="round" />
    </svg>
  );
}

/** Our assistant: a winding path that leads to a light. */
export function Face({ who }: { who: "bot" | "expert" }) {
  if (who === "expert") {
    return (
      <svg class="face" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
        <rect width="48" height="48" rx="8" fill="#27496d" />
        <circle cx="24" cy="18" r="8" fill="#fff" />
        <path d="M8 46c0-10 7-16 16-16s16 6 16 16z" fill="#fff" />
        <path d="M24 35v8M20 39h8" stroke="#27496d" stroke-width="3" />
      </svg>
    );
  }
  return (
    <svg class="face" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect width="48" height="48" rx="8" fill="#0b5c55" />
      <circle cx="33" cy="12" r="5.5" fill="#f4c77b" />
      <path d="M13 43c0-9 18-8 18-15.5C31 21 17 23 17 17c0-2.4 2-4 5-4.5" fill="none" stroke="#fff" stroke-width="4.5"
        stroke-linecap="round" />
    </svg>
  );
}
