// Written from the messages of wasm/trainer by go test ./wasm/trainer -run Declarations -update; DO NOT EDIT.

declare namespace diag {
  interface Verdict {
    kind: string;
    words: string;
    numbers: string;
  }
}

declare namespace method {
  interface Method {
    name: string;
    words: string;
    network: string;
    weighting: string;
    optimiser: string;
    sampler: string;
    settings?: {[name: string]: any};
  }

  interface Setting {
    name: string;
    title: string;
    words: string;
    kind: string;
    lo: number;
    hi: number;
    above?: boolean;
    log?: boolean;
    choices?: string[];
    usual?: any;
    flag?: string;
    link?: string;
    live?: boolean;
  }
}

declare namespace nn {
  interface Kind {
    name: string;
    short: string;
    title: string;
    formula: string;
    words: string;
    source: string;
    settings?: method.Setting[];
  }
}

declare namespace opt {
  interface Kind {
    name: string;
    short: string;
    title: string;
    formula: string;
    words: string;
    source: string;
    settings?: method.Setting[];
    rateless: boolean;
    float64: boolean;
  }
}

declare namespace pde {
  interface Coord {
    name: string;
    lo: number;
    hi: number;
  }

  interface Line {
    label?: string;
    mathml?: string;
    text?: string;
    note?: string;
  }

  interface Param {
    name: string;
    value: number;
    min: number;
    max: number;
    step?: number;
    integer?: boolean;
    description?: string;
  }

  interface Section {
    title: string;
    lines: pde.Line[];
  }

  interface Settings {
    width?: number;
    depth?: number;
    batch?: number;
    iterations?: number;
    learningRate?: number;
    decay?: number;
    decaySteps?: number;
    rule?: string;
    alpha?: number;
    period?: number;
    codeRule?: string;
  }

  interface Sheet {
    equations: pde.Line[];
    sections: pde.Section[];
  }
}

declare namespace record {
  interface Ratio {
    top: number | null;
    bottom: number | null;
  }

  interface Sizes {
    max: number | null;
    mean: number | null;
    norm: number | null;
    cosine: number | null;
  }

  interface State {
    model: string;
    iteration: number;
    learningRate: number | null;
    losses: {[name: string]: number | null};
    lambdas: {[name: string]: number | null};
    lambdaHats: {[name: string]: number | null};
    estimates: {[name: string]: record.Ratio};
    frozen: boolean;
    gradients: {[name: string]: record.Sizes};
    relL2: number | null;
    omitted?: number;
    omittedAt?: string;
    errorBands: [number | null, number | null, number | null];
    authorsError?: number | null;
    status: string;
    message?: string;
  }
}

declare namespace sampler {
  interface Kind {
    name: string;
    short: string;
    title: string;
    formula: string;
    words: string;
    source: string;
    settings?: method.Setting[];
  }
}

declare namespace train {
  interface Config {
    version: number;
    preset: string;
    spec?: any;
    params: {[name: string]: number};
    method: string;
    network?: string;
    weighting?: string;
    optimiser?: string;
    sampler?: string;
    gated: string;
    width: number;
    depth: number;
    precision: string;
    seed: number;
    batch: number;
    learningRate: number;
    decay: number;
    decaySteps: number;
    rule: string;
    alpha: number;
    period: number;
    moves?: string;
  }

  interface Field {
    name: string;
    title: string;
    words: string;
    kind: string;
    lo: number;
    hi: number;
    above?: boolean;
    log?: boolean;
    choices?: string[];
    usual?: any;
    flag?: string;
    link?: string;
    live?: boolean;
    part: string;
    of?: string[];
  }

  interface FieldError {
    field: string;
    message: string;
    using?: string;
  }

  interface Moving {
    learningRate: number;
    alpha: number;
  }

  interface Replay {
    start: train.Moving;
    now: train.Moving;
    moves: string;
    played: number;
    apart?: string;
  }
}

declare namespace trainer {
  interface checked {
    re: number;
    config: train.Config;
    problem: string;
    problems: (train.FieldError | null)[];
  }

  interface crash {
    is: string;
    message: string;
  }

  interface described {
    re: number;
    sheet: pde.Sheet | null;
  }

  interface fault {
    is: string;
    message: string;
  }

  interface kept {
    re: number;
    iteration: number;
    replay: train.Replay;
    seconds: number;
    spent: number;
  }

  interface offered {
    re: number;
    catalogue: trainer.preset[];
    limits: {[name: string]: [number, number]};
    fields: train.Field[];
    methods: method.Method[];
    networks: nn.Kind[];
    weightings: weigh.Kind[];
    optimisers: opt.Kind[];
    samplers: sampler.Kind[];
  }

  interface preset {
    name: string;
    title: string;
    equation: string;
    description: string;
    sources?: string[];
    parameters: pde.Param[];
    settings: pde.Settings;
    coords: pde.Coord[];
    views: string[];
    reference?: string;
    groups: string[];
    terms: string[];
    residuals: string[];
    profiles?: trainer.profile[];
    symbols: {[name: string]: string};
    sheet: pde.Sheet | null;
  }

  interface profile {
    source: string;
    re: number;
    u: [number, number][];
    v: [number, number][];
  }

  interface progress {
    is: string;
    what: string;
    share: number;
  }

  interface ready {
    is: string;
  }

  interface reply {
    re: number;
    error?: string;
    field?: string;
    done?: number;
  }

  interface request {
    do: string;
    id: number | null;
    config: any;
    slot: string;
    run: number;
    spent: number;
    n: number;
    learningRate: number | null;
    alpha: number | null;
    values: {[name: string]: number};
    on: boolean;
    budget: number;
    subset: string;
    what: string;
    field: string;
    set: string;
    match: string;
    precision: string;
    laps: number;
    millis: number;
  }

  interface saved {
    re: number;
    name: string;
    type: string;
  }

  interface state {
    is: string;
    run: number;
    state: record.State;
    running: boolean;
    rate: number;
    seconds: number;
    first: number;
    halt?: string;
    verdict: diag.Verdict;
    replay: train.Replay;
    density?: number;
    shards: number;
  }

  interface verified {
    re: number;
    iteration: number;
    replay: train.Replay;
  }
}

declare namespace weigh {
  interface Kind {
    name: string;
    short: string;
    title: string;
    formula: string;
    words: string;
    source: string;
    settings?: method.Setting[];
    alpha: number;
    period: number;
    still: boolean;
  }
}
