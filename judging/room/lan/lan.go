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
	Local bool   `json:"local"` // of a private network, as at home or in an office
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
	c := candidate{Address: Address{IP: ip.String(), Name: name, Local: ip.IsPrivate()}}
	switch {
	case !ip.Is4() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || ip.IsUnspecified():
		c.rank = -1
	case !ip.IsPrivate():
		c.rank = 2
	}
	lower := strings.ToLower(name)
	if c.rank >= 0 && slices.ContainsFunc(virtual, func(v string) bool { return strings.HasPrefix(lower, v) }) {
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
