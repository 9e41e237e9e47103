//go:build !windows

package play

import "os/exec"

func hideConsole(*exec.Cmd) {}
