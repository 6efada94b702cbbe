const paths = {
  close: "M6 6l12 12M18 6L6 18",
  beside: "M4 5h7v14H4zM15 5h5v14h-5z",
  phone: "M5 4h4l1.5 5L8 10.5a12 12 0 005.5 5.5L15 13.5l5 1.5v4a1.5 1.5 0 01-1.6 1.5C10.5 20 4 13.5 3.5 5.6A1.5 1.5 0 015 4z",
  down: "M6 9l6 6 6-6",
  alarm: "M12 3l10 18H2zM12 10v5M12 17.8v.2",
  bell: "M6 17h12l-1.5-2.5V10a4.5 4.5 0 00-9 0v4.500zM10 20h4M12 3v2",
  sound: "M4 10v4h4l5 4V6L8 10zM16.5 9a4 4 0 010 6M19 6.500a8 8 0 010 11",
  mute: "M4 10v4h4l5 4V6L8 10zM16.5 9.500l5 5M21.5 9.500l-5 5",
  out: "M9 5h10v10M19 5L6 18",
  person: "M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4.4 3.6-7 8-7s8 2.6 8 7",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round"
        stroke-linejoin="round" />
    </svg>
  );
}
