//go:build !linux && !js

package drive

import "os/exec"

// group has no groups to use here.
func group(*exec.Cmd) {}

// endGroup ends a program, which ends what it started by itself.
func endGroup(cmd *exec.Cmd) { cmd.Process.Kill() }
