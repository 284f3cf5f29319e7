package nn

import (
	"pinnlab/core/ad"
	"pinnlab/core/jet"
	"pinnlab/core/kern"
	"pinnlab/core/method"
)

// Fourier features: the coordinates reach the trunk, plain or modified, as
//
//	γ(x) = [cos(x B)  sin(x B)],    B ~ N(0, s²) at first, then trained,
//
// with half as many frequencies as the first hidden layer has neurons.
func init() {
	info := method.Info{
		Name: "fourier", Short: "Fourier", Title: "Fourier features",
		Formula: `<mi>γ</mi><mo>(</mo><mi>x</mi><mo>)</mo><mo>=</mo><mo>[</mo><mi>cos</mi><mi>x</mi><mi>B</mi><mo>,</mo><mspace width="0.4em"/><mi>sin</mi><mi>x</mi><mi>B</mi><mo>]</mo><mo>,</mo><mspace width="0.6em"/><mi>B</mi><mo>∼</mo><mi>N</mi><mo>(</mo><mn>0</mn><mo>,</mo><msup><mi>s</mi><mn>2</mn></msup><mo>)</mo>`,
		Words: "The first layer sees waves of random frequencies instead of the coordinates, so that the network need not build fast ones out of steep tanhs, which it learns last. " +
			"The frequencies are trained too. Too large an s makes noise between the points.",
		Source: "M. Tancik et al., NeurIPS 2020; S. Wang, H. Wang, P. Perdikaris, Comput. Methods Appl. Mech. Eng. 384, 2021; trained as in jaxpi.",
		Settings: []method.Setting{{
			Name: "fourierScale", Title: "Frequencies s", Kind: method.Number, Lo: 0.01, Hi: 100, Log: true, Usual: 1.0,
			Words: "The standard deviation of the frequencies at first, for coordinates scaled to unit variance: a wave across the box has 1.8.",
		}},
	}
	Kinds.Add(Kind{
		Info: info, Cost: 1,
		layout: func(n *Net) { n.addTrunk(n.features()); n.addFrequencies() },
		start:  startFrequencies, record32: recordFourier(recordMLP[float32]), record64: recordFourier(recordMLP[float64]),
	})
	info.Name, info.Short, info.Title = "fourier-modified", "Fourier, modified", "Fourier features, modified network"
	Kinds.Add(Kind{
		Info: info, Cost: 1.5,
		layout: func(n *Net) { n.addTrunk(n.features()); n.addEncoders(n.features()); n.addFrequencies() },
		start:  startFrequencies, record32: recordFourier(recordModified[float32]), record64: recordFourier(recordModified[float64]),
	})
}

// features is how many there are: as many as neurons in the first hidden layer,
// or one more.
func (n *Net) features() int { return 2 * ((n.Arch.Hidden[0] + 1) / 2) }

func (n *Net) addFrequencies() {
	n.Embedded = []Layer{{Name: "F", W: n.Layout.Add("WF", n.Arch.In, n.features()/2)}}
}

func startFrequencies(n *Net, theta []float64, from Normal) {
	draw(theta, n.Embedded[0].W, n.Arch.Values.Number("fourierScale"), from)
}

// recordFourier records the features and the trunk that they go into.
func recordFourier[T kern.Float](trunk recorder[T]) recorder[T] {
	return func(n *Net, t *ad.Tape[T], x *ad.Var[T]) *ad.Var[T] {
		waves := t.Product(x, n.Embedded[0].W)
		return trunk(n, t, t.Beside(t.Map(jet.CosOf(t.Set), waves), t.Map(jet.SinOf(t.Set), waves)))
	}
}
