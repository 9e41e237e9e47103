package faults

import (
	"fmt"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/judging/store/replica/logtest"
)

// TestClocksOfMembersJump: of all three members, twice a second by up to twelve days, each to another time; members are
// killed meanwhile. Nothing that was acknowledged is lost, and who leads does not depend on what the clocks say.
func TestClocksOfMembersJump(t *testing.T) {
	rounds := times(t)
	built, err := exec.Command(filepath.Join(logtest.Scripts(), "engine"), "etcd-clocks").Output()
	if err != nil {
		t.Skip("an etcd whose clock jumps is not built; scripts/engine clocks builds it")
	}
	t.Setenv("FAYI_ETCD", strings.TrimSpace(string(built)))
	w, r := shared(t, 3), rand.New(rand.NewPCG(13, 14))
	w.programs[0].clock = "jumps"
	w.runOf("clocks of members", rounds, fmt.Sprintf("%d kills of members whose clocks jump", rounds), func() {
		for range rounds {
			n := 1 + r.IntN(3)
			w.cluster.Kill(n)
			w.recovery = append(w.recovery, w.saves(60*time.Second, 1))
			w.cluster.Revive(n)
			time.Sleep(time.Duration(500+r.IntN(1000)) * time.Millisecond)
		}
	})
}
