//go:build !js

package drive

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"
)

// patience bounds what a browser may take for one command, on a machine that
// may be slow and busy.
const patience = 5 * time.Minute

// A process is a program and all that it starts, in a folder of its own that
// goes with it.
type process struct {
	cmd  *exec.Cmd
	home string
	ends sync.Once
}

// newProcess prepares a program. Its home, and so all that it writes, is a new
// folder.
func newProcess(program string, args ...string) (*process, error) {
	home, err := os.MkdirTemp("", "pinnlab-browser-")
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home,
		"XDG_DATA_HOME="+home, "TMPDIR="+home, "LIBGL_ALWAYS_SOFTWARE=1")
	group(cmd)
	return &process{cmd: cmd, home: home}, nil
}

// after finds what follows words in a line.
func after(words string) func(line string) (string, bool) {
	return func(line string) (string, bool) {
		_, rest, found := strings.Cut(line, words)
		return rest, found
	}
}

// listen starts the program and waits for the line on its standard error in
// which said finds what it seeks.
func (p *process) listen(said func(line string) (string, bool)) (string, error) {
	pipe, err := p.cmd.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := p.cmd.Start(); err != nil {
		return "", err
	}
	found := make(chan string, 1)
	go func() {
		defer close(found)
		lines := bufio.NewScanner(pipe)
		for lines.Scan() {
			if rest, ok := said(lines.Text()); ok {
				found <- rest
				break
			}
		}
		io.Copy(io.Discard, pipe) // so that it is never kept waiting
	}()
	select {
	case rest, ok := <-found:
		if !ok {
			return "", fmt.Errorf("%s ended as it started", p.cmd.Path)
		}
		return rest, nil
	case <-time.After(patience):
		return "", fmt.Errorf("%s does not start", p.cmd.Path)
	}
}

// end ends the program and what it started, and removes what they wrote.
func (p *process) end() {
	p.ends.Do(func() {
		if p.cmd.Process != nil {
			endGroup(p.cmd)
			p.cmd.Wait()
		}
		for range 20 { // children may still be writing
			if os.RemoveAll(p.home) == nil {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	})
}
