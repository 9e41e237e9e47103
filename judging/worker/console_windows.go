package worker

import (
	"os/exec"
	"syscall"
)

// createNoWindow keeps a console program from opening a black window.
const createNoWindow = 0x08000000

func hideConsole(c *exec.Cmd) {
	c.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: createNoWindow}
}
