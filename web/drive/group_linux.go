package drive

import (
	"os/exec"
	"syscall"
)

// group puts a program, and all that it starts, in a group of its own, which
// ends with this program however that ends.
func group(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// endGroup ends a program and all that it started.
func endGroup(cmd *exec.Cmd) { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
