package sharing

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"fayi/judging"
)

// lookup is how long a name is looked for on the network.
const lookup = 3 * time.Second

// own refuses lan://host:port where the host is not this computer: what was mistyped would stand in every invitation,
// and nobody could join. Errors: Invalid, with the addresses that would do; Unavailable where the system tells none.
func own(ctx context.Context, address string) error {
	host, _, err := net.SplitHostPort(strings.TrimPrefix(address, "lan://"))
	if err != nil {
		return judging.Fail(judging.Invalid, "share.address", nil)
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return judging.Fail(judging.Unavailable, "share.away", nil).Because(err)
	}
	var mine []netip.Addr
	var said []string
	for _, a := range all {
		n, ok := a.(*net.IPNet)
		if !ok {
			continue
		}
		if ip, ok := netip.AddrFromSlice(n.IP); ok {
			mine = append(mine, ip.Unmap())
			if ip = ip.Unmap(); ip.Is4() && !ip.IsLoopback() && !ip.IsLinkLocalUnicast() {
				said = append(said, ip.String())
			}
		}
	}
	ctx, cancel := context.WithTimeout(ctx, lookup)
	defer cancel()
	named, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host) // a number is itself
	for _, ip := range named {
		if slices.Contains(mine, ip.Unmap().WithZone("")) {
			return nil
		}
	}
	return judging.Fail(judging.Invalid, "share.not_own", judging.Args{
		"Address": host, "Known": strings.Join(said, "、"),
	}).Because(err)
}
