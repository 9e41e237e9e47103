package sharing_test

import (
	"errors"
	"net"
	"os"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/sharing"
)

// TestNothingIsSharedAtAnAddressOfNobody: an address with a letter too much, or of another computer, is refused with
// those that would do, and nothing is left in the contest's folder.
func TestNothingIsSharedAtAnAddressOfNobody(t *testing.T) {
	for _, host := range []string{"x192.0.2.2:8791", "192.0.2.77:8791", "nobody.invalid:8791", "[2001:db8::77]:8791"} {
		dir := t.TempDir()
		_, _, err := sharing.Start(t.Context(), dir, "lan://"+host, strings.NewReader("12345678"))
		if !errors.Is(err, judging.Fail(judging.Invalid, "share.not_own", nil)) {
			t.Errorf("%s: %v", host, err)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("%s: left %v, %v", host, left, err)
		}
	}
	own := []string{"127.0.0.1", "localhost"}
	all, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil {
			own = append(own, n.IP.String())
		}
	}
	for _, host := range own {
		at := sharing.Where{Kind: sharing.Here, Hosts: " " + host + ":8791 "}.Address()
		log, address, err := sharing.Start(t.Context(), t.TempDir(), at, strings.NewReader("12345678"))
		if err != nil {
			t.Errorf("%s: %v", host, err)
			continue
		}
		if sharing.Shown(address) != "lan://"+host+":8791" {
			t.Errorf("%s is shown as %s", host, sharing.Shown(address))
		}
		log.Close()
	}
}
