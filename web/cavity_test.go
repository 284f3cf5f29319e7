//go:build !js

package web

import "testing"

// TestCavity trains a problem whose exact fields come from a solver: its errors
// are there, and each field can be chosen for the pictures.
func TestCavity(t *testing.T) {
	b := newTab(t)
	b.open("index.html", "#preset=cavity_streamfunction&models=M4&width=16&depth=2&batch=32&p.Re=200")
	b.until("both errors are known", `pinnlab.state().then(s => s.models.length === 1 && s.models[0].iteration > 20 &&
		s.models[0].relL2 > 0 && s.models[0].authorsError > 0 && "bc4" in s.models[0].losses)`)
	b.until("the fields are offered", `[...document.getElementById("view-field").options].map(o => o.value).join() === "speed,u,v,psi,p"`)
	b.drawn()
	b.until("a pause", `pinnlab.pause().then(() => pinnlab.state()).then(s => !s.running)`)
	speed := b.drawn()
	b.choose("view-field", "psi")
	b.changes(speed)
}
