//go:build !js

package drive

import "strconv"

// newScreen starts a screen that nobody sees, and says by which variable of the
// environment programs find it.
func newScreen() (*process, string, error) {
	xvfb, err := find("Xvfb")
	if err != nil {
		return nil, "", err
	}
	// It writes the number of the display that it found free.
	p, err := newProcess(xvfb, "-displayfd", "2", "-screen", "0", "2000x1400x24", "-nolisten", "tcp")
	if err != nil {
		return nil, "", err
	}
	display, err := p.listen(number)
	if err != nil {
		p.end()
		return nil, "", err
	}
	return p, "DISPLAY=:" + display, nil
}

// number finds a line that is nothing else.
func number(line string) (string, bool) {
	_, err := strconv.Atoi(line)
	return line, err == nil
}
