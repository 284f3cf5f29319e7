package method

import "slices"

// Info is what people are told of a part.
type Info struct {
	Name     string    `json:"name"`    // as in a Config
	Short    string    `json:"short"`   // in the name of a run that differs by it
	Title    string    `json:"title"`   // in a list
	Formula  string    `json:"formula"` // in MathML
	Words    string    `json:"words"`   // what it does and what to expect of it
	Source   string    `json:"source"`
	Paper    bool      `json:"-"`                  // of the paper that the page is about: it stands before what is not
	Settings []Setting `json:"settings,omitempty"` // that it alone has
}

// A Part is an entry of a registry.
type Part interface{ About() Info }

// About returns i itself, so that what embeds an Info is a Part.
func (i Info) About() Info { return i }

// A Registry holds the parts of one kind, the paper's first, else in the order of
// their files.
type Registry[P Part] struct{ parts []P }

// Add registers a part and returns what takes it back, for tests. A name that is
// taken is a mistake of ours.
func (r *Registry[P]) Add(p P) (undo func()) {
	if _, taken := r.Find(p.About().Name); taken {
		panic("method: " + p.About().Name + " is registered twice")
	}
	before := r.parts
	at := slices.IndexFunc(before, func(q P) bool { return p.About().Paper && !q.About().Paper })
	if at < 0 {
		at = len(before)
	}
	r.parts = slices.Insert(slices.Clone(before), at, p)
	return func() { r.parts = before }
}

// All lists the parts.
func (r *Registry[P]) All() []P { return slices.Clone(r.parts) }

// Names lists their names.
func (r *Registry[P]) Names() (names []string) {
	for _, p := range r.parts {
		names = append(names, p.About().Name)
	}
	return names
}

// Find returns the part of a name.
func (r *Registry[P]) Find(name string) (p P, ok bool) {
	for _, p := range r.parts {
		if p.About().Name == name {
			return p, true
		}
	}
	return p, false
}

// Infos lists what people are told of the parts.
func (r *Registry[P]) Infos() (list []Info) {
	for _, p := range r.parts {
		list = append(list, p.About())
	}
	return list
}
