package depottest

import (
	"os/exec"
	"path/filepath"
	"testing"

	"fayi/judging/store/replica/logtest"
)

// Server is a server of S3 that runs as itself.
type Server struct {
	*logtest.Cluster
	Address, Secret string // of a bucket in it
}

// S3 starts one until the test ends. Where it is not built the short form of a test is skipped and the long one fails:
// scripts/deps long builds it.
func S3(t testing.TB) Server {
	t.Helper()
	if exec.Command(filepath.Join(logtest.Scripts(), "engine"), "versitygw").Run() != nil {
		if testing.Short() {
			t.Skip("versitygw is not built; scripts/deps long builds it")
		}
		t.Fatal("versitygw is not built; scripts/deps long builds it")
	}
	c := logtest.Start(t, "s3")
	return Server{c, c.Addrs[0], "fayisecret"}
}
