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

func TestAnAddressIsCalledByWhatItsInterfaceIs(t *testing.T) {
	for _, x := range [][3]string{
		{"wlp3s0", "192.168.1.5", "wireless"}, {"Wi-Fi", "10.0.0.9", "wireless"}, {"WLAN 2", "10.0.0.9", "wireless"},
		{"无线网络连接", "10.0.0.9", "wireless"}, {"enp0s31f6", "10.0.0.9", "wired"}, {"以太网 3", "10.0.0.9", "wired"},
		{"Ethernet", "10.0.0.9", "wired"}, {"本地连接* 10", "192.168.137.1", "hotspot"},
		{"wlan0", "172.20.10.2", "hotspot"}, {"vEthernet (WSL)", "192.168.137.1", "virtual"},
		{"docker0", "172.17.0.1", "virtual"}, {"en0", "10.0.0.9", "other"},
	} {
		if got := weigh(x[0], netip.MustParseAddr(x[1])).Kind; got != x[2] {
			t.Errorf("%s at %s is %s, want %s", x[0], x[1], got, x[2])
		}
	}
}
