package roomtest

import (
	"math/rand/v2"
	"net"
	"strconv"
	"testing"
)

// Address returns an address at ip where nothing listens, with a port below those that systems deal out. A server that
// is killed and starts again finds it free, and who asks for it in between can't be given the same port to ask from,
// which would be answered by itself.
func Address(t testing.TB, ip string) string {
	t.Helper()
	for range 200 {
		l, err := net.Listen("tcp", net.JoinHostPort(ip, strconv.Itoa(20000+rand.IntN(12000))))
		if err == nil {
			defer l.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no port is free at " + ip)
	return ""
}
