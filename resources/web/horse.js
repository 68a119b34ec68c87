// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

/** Colours of the jockeys by number, told apart also by people who see few colours; `ink` is readable on them. */
const silks = [
  { silk: "#0072b2", ink: "#fff" }, { silk: "#f0e442", ink: "#1c1c1c" }, { silk: "#d55e00", ink: "#000" }, { silk: "#7cc8f2", ink: "#1c1c1c" },
  { silk: "#262626", ink: "#fff" }, { silk: "#d98bb6", ink: "#1c1c1c" }, { silk: "#e69f00", ink: "#1c1c1c" }, { silk: "#fafafa", ink: "#1c1c1c" },
  { silk: "#00a27a", ink: "#000" }, { silk: "#6a3d9a", ink: "#fff" },
];
const coats = ["#7a4a26", "#9c6a3a", "#5b5d63", "#a8743f", "#c8ab80", "#6b3f2a", "#8f9096", "#4f3a30", "#b98755", "#77695f"];
const turn = Math.PI * 2;

export const silkOf = (number) => silks[(number - 1) % silks.length];
const coatOf = (number) => coats[(number - 1) % coats.length];

/** Of a horse that is 1 high. */
export const horseLength = 1.42;

const darker = (colour, part) => {
  const value = Number.parseInt(colour.slice(1), 16);
  return `rgb(${[16, 8, 0].map((shift) => Math.round(((value >> shift) & 255) * part)).join(" ")})`;
};

function line(context, colour, width, ...points) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
}

// The angles run from straight down, forwards is positive. A leg that swings forwards is folded.
function leg(context, colour, [x, y], phase, gait, hind) {
  const swing = Math.sin(phase) * gait;
  const fold = Math.max(0, Math.cos(phase)) * gait;
  const upper = hind ? -0.12 + swing * 0.75 : 0.1 + swing * 0.85;
  const lower = upper - fold * (hind ? 1.15 : 1.45) + (hind ? 0.16 : -0.04);
  const [thigh, shin] = hind ? [25, 28] : [24, 25];
  const knee = [x + Math.sin(upper) * thigh, y + Math.cos(upper) * thigh];
  const foot = [knee[0] + Math.sin(lower) * shin, knee[1] + Math.cos(lower) * shin];
  line(context, colour, hind ? 13 : 9, [x, y], knee);
  line(context, colour, 5, knee, foot);
  line(context, "#1d1815", 5.5, [foot[0] - 0.5, foot[1] - 1], [foot[0] + 2.5, foot[1]]);
}

const body = new Path2D("M-58-73 C-66-70-74-68-82-69 C-92-73-104-73-109-64 C-113-55-108-46-98-43 C-88-40-72-40-60-41 C-50-42-42-45-39-54 "
  + "C-34-62-28-70-20-75 C-15-72-9-66-4-63 C-1-61 1-64 0-67 C-3-74-8-81-13-85 C-13-88-14-92-16-94 C-18-92-19-90-20-89 C-32-88-48-82-58-73Z");
const mane = new Path2D("M-15-92 C-30-94-50-88-60-72 C-52-76-36-82-20-86Z");
const cloth = new Path2D("M-101-71 L-68-70 L-66-42 L-99-42Z");

function tail(context, colour, phase, gait) {
  const wave = Math.sin(phase * 0.9) * 5 * gait;
  const lift = 26 * gait;
  context.fillStyle = colour;
  context.beginPath();
  context.moveTo(-106, -70);
  context.bezierCurveTo(-118, -74 + wave * 0.4, -128, -60 - lift * 0.3 + wave, -134 + (1 - gait) * 14, -38 - lift + wave);
  context.bezierCurveTo(-126, -46 - lift * 0.5 - wave, -116, -54 + wave * 0.3, -108, -58);
  context.fill();
}

function jockey(context, { silk }, number, phase, gait) {
  const bob = Math.sin(phase + 1) * 1.6 * gait;
  context.save();
  context.translate(bob * 0.6, bob);
  line(context, "#f4f1ea", 7, [-74, -78], [-55, -71], [-60, -62]);
  line(context, "#1d1815", 6, [-59, -63], [-62, -54], [-56, -53]);
  line(context, silk, 15, [-76, -84], [-57, -93]);
  if (number % 2 === 0) line(context, "#fff", 3.5, [-69, -93], [-64, -82]); // a second mark beside the colour
  line(context, number > 5 ? "#fff" : silk, 6, [-57, -92], [-49, -82], [-38, -80]);
  context.fillStyle = "#d9a982";
  context.beginPath();
  context.arc(-46, -99, 6, 0, turn);
  context.fill();
  context.fillStyle = silk;
  context.beginPath();
  context.arc(-47, -101, 7.5, Math.PI * 0.95, Math.PI * 2.02);
  context.lineTo(-34, -99.5);
  context.fill();
  context.restore();
}

/**
 * Draws a horse that runs to the right: `x` is its nose, `ground` the line under its feet, both in px; `size` its height.
 * phase goes up by 2π a stride; gait 0 stands, 1 gallops.
 */
export function drawHorse(context, { x, ground, size, number, phase, gait }) {
  const colours = silkOf(number);
  const coat = coatOf(number);
  const dark = darker(coat, 0.62);
  context.save();
  context.translate(x, ground);
  context.scale(size / 106, size / 106);
  context.lineCap = context.lineJoin = "round";
  context.fillStyle = "rgb(0 0 0 / 22%)";
  context.beginPath();
  context.ellipse(-70, 1, 52, 5, 0, 0, turn);
  context.fill();
  context.translate(0, (Math.cos(phase - 0.6) * 3.2 - 1.5) * gait);
  context.rotate(Math.sin(phase - 0.4) * 0.045 * gait);
  const shade = darker(coat, 0.72);
  leg(context, shade, [-97, -54], phase + 0.6, gait, true);
  leg(context, shade, [-47, -50], phase - 2.0, gait, false);
  tail(context, dark, phase, gait);
  context.fillStyle = coat;
  context.fill(body);
  leg(context, coat, [-99, -54], phase, gait, true);
  leg(context, coat, [-49, -50], phase - 2.7, gait, false);
  context.fillStyle = dark;
  context.fill(mane);
  context.fillStyle = "#120d0a";
  context.beginPath();
  context.arc(-11, -80, 1.8, 0, turn);
  context.fill();
  line(context, darker(coat, 0.45), 1.6, [-40, -80], [-20, -74], [-7, -66], [-6, -73]);
  context.fillStyle = colours.silk;
  context.strokeStyle = "#fff";
  context.lineWidth = 2.5;
  context.fill(cloth);
  context.stroke(cloth);
  context.fillStyle = colours.ink;
  context.font = "800 28px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(number, -83.5, -55);
  jockey(context, colours, number, phase, gait);
  context.restore();
}
