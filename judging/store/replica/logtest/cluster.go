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

// Scripts is the folder of the project's scripts.
func Scripts() string {
	_, here, _, _ := runtime.Caller(0)
	return filepath.Join(filepath.Dir(here), "../../../../scripts")
}

// Start starts the engines of a kind, etcd, postgres or s3, until the test ends. Where they are not installed the test
// fails: scripts/deps test installs them.
func Start(t testing.TB, kind string) *Cluster {
	t.Helper()
	return StartIn(t, kind, func(string) {})
}

// StartIn is Start that has the folder of the data prepared.
func StartIn(t testing.TB, kind string, prepare func(dir string)) *Cluster {
	t.Helper()
	return start(t, "cluster", kind, prepare)
}

// StartTLS starts those that want certificates and passwords.
func StartTLS(t testing.TB, kind string) *Cluster {
	t.Helper()
	return start(t, "cluster-tls", kind, func(string) {})
}

func start(t testing.TB, script, kind string, prepare func(dir string)) *Cluster {
	t.Helper()
	c := &Cluster{t: t, script: filepath.Join(Scripts(), script)}
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
	prepare(c.dir)
	c.Addrs = strings.Fields(c.run("start", c.dir, kind))
	return c
}

func (c *Cluster) run(args ...string) string {
	c.t.Helper()
	out, err := c.tried(args...)
	if err != nil {
		c.t.Fatalf("scripts/cluster %v: %v", args, err)
	}
	return out
}

// tried returns what the script printed; its error has what it said.
func (c *Cluster) tried(args ...string) (string, error) {
	cmd := exec.Command(c.script, args...)
	var out, told bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &told
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%w\n%s", err, told.String())
	}
	return out.String(), nil
}

// Dir is the folder with the data of the engines: m1, m2 and m3 of etcd's members.
func (c *Cluster) Dir() string { return c.dir }

// Kill ends a member of etcd, 1 to 3, as a power cut does.
func (c *Cluster) Kill(n int) { c.End(fmt.Sprint(n)) }

// Revive starts it again, and returns when it lives.
func (c *Cluster) Revive(n int) { c.Again(fmt.Sprint(n)) }

// TryKill and TryRevive are Kill of one that may have ended, and Revive of one that may be unable to live.
func (c *Cluster) TryKill(n int) { _, _ = c.tried("kill", c.dir, fmt.Sprint(n)) }

// TryRevive: see TryKill.
func (c *Cluster) TryRevive(n int) { _, _ = c.tried("revive", c.dir, fmt.Sprint(n)) }

// End ends a member of etcd by its number, or s3, as a power cut does.
func (c *Cluster) End(what string) { c.run("kill", c.dir, what) }

// Again starts it again.
func (c *Cluster) Again(what string) { c.run("revive", c.dir, what) }

// Expire gives the engines certificates that have expired.
func (c *Cluster) Expire() { c.run("expire", c.dir) }
