package train

import "encoding/json"

// MarshalJSON writes the settings that parts declare beside the others.
func (c Config) MarshalJSON() ([]byte, error) {
	type plain Config
	b, err := json.Marshal(plain(c))
	if err != nil || len(c.Own) == 0 {
		return b, err
	}
	own, err := json.Marshal(c.Own)
	return joined(b, own), err
}

// joined makes one JSON object of two.
func joined(a, b []byte) []byte {
	if len(a) < 2 || len(b) <= len("{}") {
		return a
	}
	return append(append(a[:len(a)-1], ','), b[1:]...)
}

// UnmarshalJSON reads what MarshalJSON or version 1 has written. Unlike Resolve
// it takes values as they are; New checks them.
func (c *Config) UnmarshalJSON(b []byte) error {
	type plain Config
	was := struct {
		*plain
		Model string `json:"model"`
	}{plain: (*plain)(c)}
	if err := json.Unmarshal(b, &was); err != nil {
		return err
	}
	if c.Version == 1 {
		c.Version, c.Method = ConfigVersion, was.Model
	}
	var given map[string]json.RawMessage
	if err := json.Unmarshal(b, &given); err != nil {
		return err
	}
	c.Own = nil
	for _, f := range ownFields() {
		raw, ok := given[f.Name]
		if !ok {
			continue
		}
		p := f.pointer(c)
		if err := json.Unmarshal(raw, p); err != nil {
			return err
		}
		f.store(c, p)
	}
	return nil
}
