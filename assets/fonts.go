package assets

import _ "embed"

// Regular and SemiBold are Pinn Sans in two weights: a subset of Inter with
// tabular figures (TrueType outlines). fonts/OFL.txt is its licence,
// fonts/subset.py makes it.
var (
	//go:embed fonts/PinnSans-Regular.ttf
	Regular []byte
	//go:embed fonts/PinnSans-SemiBold.ttf
	SemiBold []byte
)
