//go:build !js

package drive

// What a hand does, in the words that both WebDrivers share
// (https://www.w3.org/TR/webdriver2/#actions).

// mouse presses at the first point, moves through the others, and releases at
// the last.
func mouse(points [][2]float64) []object {
	var steps []object
	for i, p := range points {
		steps = append(steps, object{"type": "pointerMove", "x": int(p[0] + 0.5), "y": int(p[1] + 0.5)})
		if i == 0 {
			steps = append(steps, object{"type": "pointerDown", "button": 0})
		}
	}
	steps = append(steps, object{"type": "pointerUp", "button": 0})
	return []object{{"type": "pointer", "id": "mouse", "actions": steps,
		"parameters": object{"pointerType": "mouse"}}}
}

// named are the code points by which WebDriver knows keys without a character.
var named = map[rune]rune{'\t': '\uE004', '\r': '\uE006', '\n': '\uE006', '\x1b': '\uE00C', '\b': '\uE003'}

func keyboard(keys string) []object {
	var steps []object
	for _, key := range keys {
		if code, ok := named[key]; ok {
			key = code
		}
		for _, kind := range []string{"keyDown", "keyUp"} {
			steps = append(steps, object{"type": kind, "value": string(key)})
		}
	}
	return []object{{"type": "key", "id": "keys", "actions": steps}}
}
