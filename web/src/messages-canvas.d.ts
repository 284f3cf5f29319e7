// Written from the messages of wasm/canvas by go test ./wasm/canvas -run Declarations -update; DO NOT EDIT.

declare namespace canvas {
  interface Lineup {
    problem: string;
    runs: {[name: string]: number};
    colours: {[name: string]: number};
    seeds: {[name: string]: string};
  }

  interface Marks {
    source: string;
    u: [number, number][];
    v: [number, number][];
  }

  interface request {
    do: string;
    slot: string;
    lineup: canvas.Lineup | null;
    theme: string | null;
    background: string | null;
    field: string | null;
    gradAxis: string | null;
    errorAxis: string | null;
    title: string | null;
    titles: {[name: string]: string};
    dpr: number | null;
    tab: string | null;
    height: number | null;
    gradWeighted: string | null;
    gradPooled: string | null;
    points: string | null;
    over: string | null;
    past: any;
    enlarge: string | null;
    shown: string | null;
    callouts: string | null;
    marks: canvas.Marks[];
    ghosts: string[];
    ghost: string;
    name: string;
    id: number;
    scale: number;
    part: string;
    notes: string[];
  }
}
