package lan

import (
	"net/netip"
	"testing"
)

func TestTheLikeliestAddressComesFirst(t *testing.T) {
	var all []candidate
	for _, x := range [][2]string{
		{"docker0", "172.17.0.1"}, {"eth0", "203.0.113.7"}, {"lo", "127.0.0.1"}, {"wlan0", "192.168.137.1"},
		{"eth1", "169.254.3.4"}, {"wlan0", "fe80::1"}, {"vEthernet (WSL)", "172.28.0.1"}, {"eth2", "10.1.2.3"},
	} {
		all = append(all, weigh(x[0], netip.MustParseAddr(x[1])))
	}
	got := best(all)
	want := []string{"192.168.137.1", "10.1.2.3", "203.0.113.7", "172.17.0.1", "172.28.0.1"}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i, w := range want {
		if got[i].IP != w {
			t.Errorf("place %d is %s, want %s", i+1, got[i].IP, w)
		}
	}
}
