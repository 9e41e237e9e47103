package web_test

import (
	"os"
	"os/exec"
	"testing"
)

// TestTheTypesOfThePagesAgree lets TypeScript look at the sources: what builds them takes types away unread.
func TestTheTypesOfThePagesAgree(t *testing.T) {
	const tsc = "../../out/deps/typescript/lib/tsc.js"
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("NOT TESTED: node is not installed")
	}
	if _, err := os.Stat(tsc); err != nil {
		t.Skip("NOT TESTED: TypeScript is not there; scripts/deps test fetches it")
	}
	if said, err := exec.Command(node, tsc, "-p", "../../web").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
}
