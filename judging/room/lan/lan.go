// Package lan finds the addresses under which this computer can be reached on the local network.
//
// It promises the likeliest first: those of private networks, of interfaces that are up and not virtual. It sends
// nothing.
package lan

import (
	"cmp"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// Address is one way to reach this computer.
type Address struct {
	IP    string `json:"ip"`
	Name  string `json:"interface"`
	Kind  string `json:"kind"`  // what the interface seems to be, a word of Kinds
	Local bool   `json:"local"` // of a private network, as at home or in an office
}

// Kinds are what an interface can seem to be: wireless, a cable, a network that this computer or a phone spreads
// itself, one inside this computer or a tunnel, or none of these.
var Kinds = []string{"wireless", "wired", "hotspot", "virtual", "other"}

// names are parts of what systems call interfaces, by kind.
var names = map[string][]string{
	"wireless": {"wl", "wi-fi", "wifi", "wireless", "无线", "ww"},
	"wired":    {"eth", "enp", "eno", "ens", "enx", "em", "以太网", "本地连接"},
}

// hotspots are the networks that Windows, NetworkManager, Android and iPhones spread.
var hotspots = []netip.Prefix{
	netip.MustParsePrefix("192.168.137.0/24"), netip.MustParsePrefix("10.42.0.0/24"),
	netip.MustParsePrefix("192.168.43.0/24"), netip.MustParsePrefix("172.20.10.0/28"),
}

// kindOf guesses what an interface is.
func kindOf(name string, ip netip.Addr) string {
	lower := strings.ToLower(name)
	begins := func(with string) bool { return strings.HasPrefix(lower, with) }
	switch {
	case slices.ContainsFunc(virtual, begins):
		return "virtual"
	case slices.ContainsFunc(hotspots, func(p netip.Prefix) bool { return p.Contains(ip) }):
		return "hotspot"
	case slices.ContainsFunc(names["wireless"], begins):
		return "wireless"
	case slices.ContainsFunc(names["wired"], begins):
		return "wired"
	}
	return "other"
}

// virtual are beginnings of names of interfaces that lead to machines inside this one, or to a tunnel.
var virtual = []string{"docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vethernet", "tun", "tap", "utun", "wg",
	"zt", "tailscale", "hyper-v", "loopback"}

// Addresses lists the computer's own IPv4 addresses, the likeliest to be reached by phones first. Errors: those of the
// system.
func Addresses() ([]Address, error) {
	all, err := net.Interfaces()
	if err != nil {
		return nil, err
	}
	var out []candidate
	for _, i := range all {
		if i.Flags&net.FlagUp == 0 || i.Flags&net.FlagLoopback != 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // an interface that has just gone
		}
		for _, a := range addrs {
			if n, ok := a.(*net.IPNet); ok {
				if ip, ok := netip.AddrFromSlice(n.IP); ok {
					out = append(out, weigh(i.Name, ip.Unmap()))
				}
			}
		}
	}
	return best(out), nil
}

type candidate struct {
	Address
	rank int // the lower, the likelier; below 0: never
}

// weigh ranks an address: private networks first, virtual interfaces last; not those that reach nobody.
func weigh(name string, ip netip.Addr) candidate {
	c := candidate{Address: Address{IP: ip.String(), Name: name, Kind: kindOf(name, ip), Local: ip.IsPrivate()}}
	switch {
	case !ip.Is4() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified():
		c.rank = -1
	case !ip.IsPrivate():
		c.rank = 2
	}
	if c.rank >= 0 && c.Kind == "virtual" {
		c.rank += 4
	}
	return c
}

func best(all []candidate) []Address {
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(a.rank, b.rank) })
	out := []Address{}
	for _, c := range all {
		if c.rank >= 0 {
			out = append(out, c.Address)
		}
	}
	return out
}
