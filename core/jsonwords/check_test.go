package jsonwords

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestFaults(t *testing.T) {
	tests := []struct {
		name, text string
		line, col  int
		want       string
	}{
		{"empty", " \n", 1, 1, "is empty"},
		{"cut", "{\"a\": {\"b\": [1, 2", 1, 18, "the ] is missing for the [ in line 1, column 13"},
		{"cut after a comma", "{\"a\": 1,\n", 2, 1, "the } is missing for the { in line 1, column 1"},
		{"cut in a quote", `{"a": "b`, 1, 7, "does not end"},
		{"trailing comma", "{\n\"a\": 1,\n}", 2, 7, "a comma too many"},
		{"trailing comma in a list", "[1, 2, ]", 1, 6, "a comma too many"},
		{"two commas", "[1,, 2]", 1, 4, "a value is missing before the ,"},
		{"comment", "{ // note\n}", 1, 3, "no comments"}, {"comment after a value", "{\"a\": 1 /* x */}", 1, 9, "no comments"}, {"hash", "# x\n{}", 1, 1, "no comments"},
		{"single quotes", "{'a': 1}", 1, 2, "double quotes, not in '"}, {"curly quotes", "{“a”: 1}", 1, 2, "curly quote “"},
		{"no quotes", "{a: 1}", 1, 2, "the name of a field stands in double quotes"},
		{"NaN", `{"é": NaN}`, 1, 7, "no NaN"}, {"minus infinity", "[-Infinity]", 1, 2, "no infinity"}, {"python", "[True]", 1, 2, "small letters"}, {"None", "[None]", 1, 2, "write null"},
		{"plus", "[+1]", 1, 2, "no + in front"}, {"point", "[.5]", 1, 2, "begins with a digit"}, {"-.5", "[-.5]", 1, 2, "begins with a digit"},
		{"no fraction", "[1.]", 1, 2, "after the decimal point"}, {"leading 0", "[01]", 1, 2, "begin with a 0"}, {"exponent", "[1e]", 1, 2, "exponent"},
		{"formula", "[2*pi]", 1, 3, "by itself"}, {"unit", "[2m]", 1, 3, "by itself"},
		{"no comma", "{\"a\": 1\n \"b\": 2}", 2, 2, "a comma is missing"}, {"semicolon", "[1; 2]", 1, 3, "not a semicolon"},
		{"equals", `{"a" = 1}`, 1, 6, "not ="}, {"no colon", `{"a" 1}`, 1, 6, "a : is missing"},
		{"wrong bracket", `{"a": [1}`, 1, 9, "the [ of line 1, column 7 should end with ]"},
		{"two values", "{} {}", 1, 4, "after the end"},
		{"line break in quotes", "[\"a\nb\"]", 1, 2, "does not end on its line"}, {"backslash", `["\frac \alpha"]`, 1, 9, "a backslash by itself"}, {"escape", `["\u12"]`, 1, 3, "four hexadecimal"},
		{"twice", `{"a": 1, "b": 2, "a": 3}`, 1, 18, `"a" is given twice`},
		{"utf-16", "\xff\xfe{\x00}\x00", 1, 1, "save the file as UTF-8"}, {"utf-16 without a mark", "{\x00}\x00", 1, 1, "UTF-8"},
	}
	for _, test := range tests {
		var into any
		err := Unmarshal([]byte(test.text), &into)
		e, ok := err.(*Error)
		if !ok || e.Line != test.line || e.Col != test.col || !strings.Contains(e.Msg, test.want) {
			t.Errorf("%s: got %v, want line %d, column %d and %q", test.name, err, test.line, test.col, test.want)
		}
	}
}

func TestUnmarshal(t *testing.T) {
	var into struct {
		N    int
		Deep struct{ List []float64 }
	}
	if err := Unmarshal([]byte("\ufeff{\"N\": 3}"), &into); err != nil || into.N != 3 {
		t.Errorf("with a byte order mark: %v, %+v", err, into)
	}
	for text, want := range map[string]string{
		`{"N": 1.5}`:             "N: must be a whole number; found 1.5",
		`{"N": "x"}`:             "N: must be a whole number; found text in quotes",
		`{"Deep": {"List": {}}}`: "Deep.List: must be a list [ ]; found an object { }",
		`[1]`:                    "must be an object { }; found a list [ ]",
	} {
		if err := Unmarshal([]byte(text), &into); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", text, err, want)
		}
	}
}

// FuzzCheck holds the scanner to encoding/json: one accepts what the other does,
// but for fields that are given twice.
func FuzzCheck(f *testing.F) {
	for _, seed := range []string{`{"a": [1, -2.5e+3, "\u00e9\n", true, null]}`, `{"a": 1, "a": 2}`, `[01]`, `"\x"`, "1e", `{"a" 1}`, "[,]", "-", `"` + "\x01" + `"`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		err := Check(text)
		if err != nil && strings.HasSuffix(err.Error(), "is given twice") {
			return
		}
		if valid := json.Valid(text); valid != (err == nil) {
			t.Errorf("%q: valid for encoding/json: %v, here: %v", text, valid, err)
		}
		if e, ok := err.(*Error); ok && (e.Line < 1 || e.Col < 1 || e.Msg == "") {
			t.Errorf("%q: %+v", text, e)
		}
	})
}
