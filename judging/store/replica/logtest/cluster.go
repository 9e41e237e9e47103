package logtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Cluster is engines that run as themselves, by scripts/cluster or scripts/cluster-tls.
type Cluster struct {
	t      testing.TB
	script string
	dir    string
	Addrs  []string
	Other  string // an authority that signed nothing
}

// Start starts the engines of a kind, etcd or postgres, until the test ends. Where they are not installed the test
// fails: scripts/deps test installs them.
func Start(t testing.TB, kind string) *Cluster {
	t.Helper()
	return start(t, "cluster", kind)
}

// StartTLS starts those that want certificates and passwords.
func StartTLS(t testing.TB, kind string) *Cluster {
	t.Helper()
	return start(t, "cluster-tls", kind)
}

func start(t testing.TB, script, kind string) *Cluster {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	c := &Cluster{t: t, script: filepath.Join(filepath.Dir(here), "../../../../scripts", script)}
	var err error
	// not the test's own folder: a member that is being killed may still write there
	if c.dir, err = os.MkdirTemp("", "fayi-cluster"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.run("stop", c.dir)
		os.RemoveAll(c.dir)
	})
	c.Other = filepath.Join(c.dir, "other.pem")
	c.Addrs = strings.Fields(c.run("start", c.dir, kind))
	return c
}

func (c *Cluster) run(args ...string) string {
	c.t.Helper()
	cmd := exec.Command(c.script, args...)
	var out, told bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &told
	if err := cmd.Run(); err != nil {
		c.t.Fatalf("scripts/cluster %v: %v\n%s", args, err, told.String())
	}
	return out.String()
}

// Kill ends a member of etcd, 1 to 3, as a power cut does.
func (c *Cluster) Kill(n int) { c.run("kill", c.dir, fmt.Sprint(n)) }

// Revive starts it again.
func (c *Cluster) Revive(n int) { c.run("revive", c.dir, fmt.Sprint(n)) }

// Expire gives the engines certificates that have expired.
func (c *Cluster) Expire() { c.run("expire", c.dir) }
