//go:build !windows

package worker

import "os/exec"

func hideConsole(*exec.Cmd) {}
