package diag

// subjects are the presets with the paper's settings and what users of other
// libraries have published, most of it without a solution. Behind each stands
// trueError at its iterations.
var subjects = []subject{
	{"helmholtz", "M1", []int{400, 700, 1500, 3000}, "learning learning starved starved"},   // 3.4 3.9 6.2 2.8
	{"helmholtz", "M2", []int{400, 700, 1500, 3000}, "learning learning learning learning"}, // 1 0.9 0.6 0.18
	{"helmholtz", "M3", []int{400, 700, 1500, 3000}, "starved starved starved starved"},     // 2.5 1.7 0.81 0.26
	{"helmholtz", "M4", []int{400, 700, 1500, 3000}, "learning learning learning healthy"},  // 0.84 0.48 0.093 0.037
	{"klein_gordon", "M1", []int{700, 1500, 3000}, "starved starved starved"},               // 7.4 6.7 5.8
	{"klein_gordon", "M2", []int{700, 1500, 3000}, "learning learning learning"},            // 0.48 0.31 0.17
	{"klein_gordon", "M3", []int{700, 1500, 3000}, "starved starved starved"},               // 0.98 0.8 0.49
	{"klein_gordon", "M4", []int{700, 1500, 3000}, "learning healthy healthy"},              // 0.13 0.046 0.018
	{"poisson", "M1", []int{700, 1500, 3000}, "healthy healthy healthy"},                    // 0.0046 0.0027 0.013
	{"poisson", "M2", []int{700, 1500, 3000}, "healthy healthy healthy"},                    // 0.0035 0.0021 0.00088
	{"poisson", "M3", []int{700, 1500, 3000}, "healthy healthy healthy"},                    // 0.0013 0.00022 0.00033
	{"poisson", "M4", []int{700, 1500, 3000}, "healthy healthy healthy"},                    // 0.00062 0.00047 0.00055
	{"helmholtz", "GN", []int{5, 20, 40, 80}, "starting learning healthy healthy"},
	{"cavity_velocity", "M1", []int{700, 1500}, "learning learning"},       // 0.82 0.71
	{"cavity_velocity", "M4", []int{700, 1500}, "learning learning"},       // 0.62 0.64
	{"cavity_streamfunction", "M4", []int{700, 1500}, "learning learning"}, // 0.68 0.56

	{"01-wave-velocity", "M1", []int{700, 1500}, "learning learning"},                                 // 0.82 0.53
	{"02-beam-vibration", "M1", []int{700, 1500}, "learning learning"},                                // 1.1 1.1
	{"04-beam-si", "M1", []int{700, 1500, 3000}, "starved starved starved"},                           // 33 33 33
	{"04b-beam-scaled", "M1", []int{700, 1500, 3000}, "learning learning learning"},                   // 0.5 0.39 0.34
	{"05c-oscillator-20", "M1", []int{700, 1500}, "learning learning"},                                // 1 1
	{"06-well", "M1", []int{700, 1500}, "trivial trivial"},                                            // 1 1
	{"06-well-nosol", "M1", []int{700, 1500, 3000}, "trivial trivial trivial"},                        // 1 1 1
	{"07-fractional-power", "M1", []int{1}, "undefined"},                                              // NaN
	{"07b-fractional-positive", "M1", []int{700, 1500, 3000}, "learning learning learning"},           // 0.041 0.034 0.023
	{"09b-sphere-multiplied", "M1", []int{700, 1500}, "learning healthy"},                             // 0.11 0.05
	{"10-sphere-robin", "M1", []int{700, 1500, 3000}, "starved diverging diverging"},                  // NaN NaN NaN
	{"10b-sphere-scaled", "M1", []int{700, 1500, 3000}, "learning learning learning"},                 // 0.052 0.04 0.026
	{"11a-two-materials-step-nosol", "M1", []int{700, 1500, 3000}, "learning learning stalled"},       // 0.99 0.95 0.86
	{"12-corner-conflict", "M1", []int{700, 1500, 3000}, "contradiction contradiction contradiction"}, // 0.071 0.071 0.07
	{"13c-reaction-nosol", "M1", []int{700, 1500, 3000}, "learning learning conflict"},                // 1 0.99 0.99
	{"14-lorenz", "M1", []int{700, 1500, 3000, 8000}, "learning learning learning conflict"},          // 0.86 0.85 0.83 0.83
	{"14-lorenz", "M4", []int{700, 1500, 3000}, "learning learning learning"},                         // 0.83 0.83 0.82
	{"15-schroedinger", "M1", []int{700, 1500}, "learning learning"},                                  // 0.21 0.078
	{"17-channel", "M1", []int{700, 1500}, "starved starved"},                                         // 1.4 1.3
	{"18-beam-mm", "M1", []int{700, 1500}, "trivial trivial"},                                         // 1 1
	{"21-butler-volmer", "M1", []int{700, 1500, 3000}, "learning learning stalled"},                   // 1.1 1.1 1.1
	{"21-butler-volmer", "M2", []int{700, 1500, 3000}, "learning learning stalled"},                   // 1.1 1.1 1.1
	{"23-particle-flux", "M1", []int{700, 1500, 3000}, "learning learning learning"},                  // 0.037 0.038 0.04
	{"24-heat-rod", "M1", []int{700, 1500, 3000}, "trivial trivial contradiction"},                    // 0.33 0.17 0.06
	{"26-damped-stiff", "M1", []int{700, 1500}, "learning learning"},                                  // 1.2 1.4
	{"26-damped-stiff", "M4", []int{700, 1500, 3000}, "learning learning learning"},                   // 3.3 2.7 0.23
	{"30a-log-solution", "M1", []int{700, 1500}, "learning learning"},                                 // 0.83 0.82
	{"30c-sqrt-solution", "M1", []int{700, 1500}, "starved starved"},                                  // 8.6 12
	{"34-inviscid-burgers", "M1", []int{700, 1500, 3000}, "learning learning learning"},               // 0.8 0.57 0.36
	{"35c-fokker-planck-norm", "M1", []int{700, 1500, 3000}, "learning learning learning"},            // 0.27 0.2 0.3
	{"36b-pure-neumann-noguage", "M1", []int{700, 1500}, "learning learning"},                         // 1 1
	{"37-allen-cahn", "M1", []int{700, 1500, 3000}, "learning learning learning"},                     // 1.2 1.2 1.1
	{"38-inverse", "M1", []int{700, 1500, 3000}, "learning learning learning"},                        // 0.62 0.48 0.37

	{"min-algebraic", "M1", []int{700, 1500, 3000}, "healthy healthy healthy"},     // NaN NaN NaN
	{"min-derived-const", "M1", []int{700, 1500, 3000}, "healthy healthy healthy"}, // 0.0017 0.0012 0.00043
	{"min-divx-face", "M1", []int{1}, "undefined"},                                 // NaN
	{"min-nan-error", "M1", []int{700, 1500, 3000}, "learning starved starved"},    // 3.8 2.7 4.9
	{"min-sqrt", "M1", []int{1}, "undefined"},                                      // NaN
	{"min-trivial-nosol", "M1", []int{700, 1500, 3000}, "trivial trivial trivial"}, // NaN NaN NaN
}
