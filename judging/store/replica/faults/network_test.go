package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fayi/judging/store/replica/logtest"
)

// badNetwork is toxiproxy between the programs and the members of etcd.
type badNetwork struct {
	t     *testing.T
	api   string
	names []string
}

// behindBadNetwork has three programs share a contest over it. Where it is not built the test is skipped.
func behindBadNetwork(t *testing.T) (*world, *badNetwork) {
	t.Helper()
	found, err := exec.Command(filepath.Join(logtest.Scripts(), "engine"), "toxiproxy").Output()
	if err != nil {
		t.Skip("toxiproxy is not built; scripts/deps long builds it")
	}
	port := free(t)
	cmd := exec.Command(strings.TrimSpace(string(found)), "-host", "127.0.0.1", "-port", port)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	n := &badNetwork{t: t, api: "http://127.0.0.1:" + port}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		answer, err := http.Get(n.api + "/version")
		if err == nil {
			answer.Body.Close()
			break
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
	c := logtest.Start(t, "etcd")
	var hosts []string
	for i, host := range strings.Split(strings.TrimPrefix(c.Addrs[0], "etcd://"), ",") {
		name, at := fmt.Sprintf("m%d", i+1), "127.0.0.1:"+free(t)
		n.ask("/proxies", map[string]any{"name": name, "listen": at, "upstream": host, "enabled": true})
		n.names, hosts = append(n.names, name), append(hosts, at)
	}
	return sharedAt(t, c, "etcd://"+strings.Join(hosts, ",")+"/contest", 3), n
}

func free(t *testing.T) (port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port
}

func (n *badNetwork) ask(path string, body any) {
	n.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		n.t.Fatal(err)
	}
	answer, err := http.Post(n.api+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		n.t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode >= 300 {
		n.t.Fatalf("%s: %s", path, answer.Status)
	}
}

// poison spoils the way to all members; heal ends all of it.
func (n *badNetwork) poison(kind, stream string, attributes map[string]any) {
	n.t.Helper()
	for _, name := range n.names {
		n.ask("/proxies/"+name+"/toxics", map[string]any{
			"name": kind + stream, "type": kind, "stream": stream, "toxicity": 1.0, "attributes": attributes,
		})
	}
}

func (n *badNetwork) heal() {
	n.t.Helper()
	n.ask("/reset", map[string]any{})
}

func (n *badNetwork) enable(yes bool) {
	n.t.Helper()
	for _, name := range n.names {
		n.ask("/proxies/"+name, map[string]any{"enabled": yes})
	}
}

// TestABadNetwork: slow, half open either way, reset, cut off.
func TestABadNetwork(t *testing.T) {
	rounds := min(times(t), 50)
	w, n := behindBadNetwork(t)
	for _, f := range []struct {
		what  string
		round func()
	}{
		{"latency of 50 to 150 ms each way", func() {
			n.poison("latency", "upstream", map[string]any{"latency": 100, "jitter": 50})
			n.poison("latency", "downstream", map[string]any{"latency": 100, "jitter": 50})
			t.Logf("saved by all after %v", w.saves(120*time.Second, 3))
			n.heal()
		}},
		{"answers that never come", func() {
			n.poison("timeout", "downstream", map[string]any{"timeout": 0})
			time.Sleep(3 * time.Second)
			n.heal()
		}},
		{"questions that never arrive", func() {
			n.poison("timeout", "upstream", map[string]any{"timeout": 0})
			time.Sleep(3 * time.Second)
			n.heal()
		}},
		{"connections that are reset", func() {
			n.poison("reset_peer", "downstream", map[string]any{"timeout": 50})
			time.Sleep(2 * time.Second)
			n.heal()
		}},
		{"connections that are cut", func() {
			n.enable(false)
			time.Sleep(2 * time.Second)
			n.enable(true)
		}},
	} {
		w.run(fmt.Sprintf("%d times %s", (rounds+3)/4, f.what), func() {
			for range (rounds + 3) / 4 {
				f.round()
				w.saves(120*time.Second, 1)
			}
		})
		for _, p := range w.programs {
			p.times = nil
		}
	}
}

// TestAnEngineThatAnswersLate: by more than a second, as a far one or one on a machine that starves does: all save
// again and again.
func TestAnEngineThatAnswersLate(t *testing.T) {
	times(t)
	w, n := behindBadNetwork(t)
	for _, way := range []int{400, 600, 750} {
		w.run(fmt.Sprintf("%d ms each way", way), func() {
			n.poison("latency", "upstream", map[string]any{"latency": way})
			n.poison("latency", "downstream", map[string]any{"latency": way})
			t.Logf("%d ms each way: all saved after %v", way, w.saves(60*time.Second, 1))
			t.Logf("%d ms each way: all saved thrice after %v", way, w.saves(60*time.Second, 3))
			n.heal()
		})
		for _, p := range w.programs {
			p.times = nil
		}
	}
}

// root says whether the test may make networks and file systems.
func root(t *testing.T) {
	t.Helper()
	if times(t); os.Getuid() != 0 {
		t.Skip("only root may do that")
	}
}

func do(t *testing.T, line string) {
	t.Helper()
	words := strings.Fields(line)
	if out, err := exec.Command(words[0], words[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", line, err, out)
	}
}

// TestMembersArePartitioned: each member in a network of its own, joined by a bridge, on which one after the other, the
// leader among them, is cut off from all and comes back; then the programs are cut off from all.
func TestMembersArePartitioned(t *testing.T) {
	root(t)
	rounds, own := min(times(t), 50), os.Getpid()%10000
	bridge, net := fmt.Sprintf("fy%d", own), fmt.Sprintf("10.213.%d", own%250)
	do(t, "ip link add "+bridge+" type bridge")
	t.Cleanup(func() { do(t, "ip link del "+bridge) })
	do(t, "ip addr add "+net+".254/24 dev "+bridge)
	do(t, "ip link set "+bridge+" up")
	var peers, hosts []string
	for n := 1; n <= 3; n++ {
		peers = append(peers, fmt.Sprintf("m%d=http://%s.%d:2380", n, net, n))
		hosts = append(hosts, fmt.Sprintf("%s.%d:2379", net, n))
	}
	for n := 1; n <= 3; n++ {
		space, link := fmt.Sprintf("fayi%d-%d", own, n), fmt.Sprintf("fy%d-%d", own, n)
		do(t, "ip netns add "+space)
		t.Cleanup(func() { do(t, "ip netns del "+space) })
		do(t, "ip link add "+link+" type veth peer name eth0 netns "+space)
		t.Cleanup(func() { do(t, "ip link del "+link) }) // the other end may outlive its network for a while
		do(t, "ip link set "+link+" master "+bridge+" up")
		do(t, fmt.Sprintf("ip -n %s addr add %s.%d/24 dev eth0", space, net, n))
		do(t, "ip -n "+space+" link set eth0 up")
		do(t, "ip -n "+space+" link set lo up")
		cmd := exec.Command("ip", "netns", "exec", space, "etcd", "--name", fmt.Sprintf("m%d", n),
			"--data-dir", t.TempDir(), "--listen-client-urls", "http://0.0.0.0:2379",
			"--advertise-client-urls", "http://"+hosts[n-1], "--listen-peer-urls", "http://0.0.0.0:2380",
			"--initial-advertise-peer-urls", fmt.Sprintf("http://%s.%d:2380", net, n),
			"--initial-cluster", strings.Join(peers, ","), "--heartbeat-interval", "150",
			"--election-timeout", "1500", "--pre-vote", "--logger", "zap", "--log-level", "fatal")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	}
	w := &world{t: t, address: "etcd://" + strings.Join(hosts, ",") + "/contest"}
	for end := time.Now().Add(60 * time.Second); w.leader() == 0; time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("no leader")
		}
	}
	w = sharedAt(t, nil, w.address, 3)
	leaders, worst := 0, time.Duration(0)
	w.run(fmt.Sprintf("%d partitions", rounds), func() {
		for i := range rounds {
			n := w.leader()
			if i%2 == 1 || n == 0 {
				n = 1 + i%3
			} else {
				leaders++
			}
			link := fmt.Sprintf("fy%d-%d", own, n)
			do(t, "ip link set "+link+" down")
			worst = max(worst, w.saves(60*time.Second, 1))
			time.Sleep(2 * time.Second)
			do(t, "ip link set "+link+" up")
			w.saves(60*time.Second, 1)
		}
		do(t, "ip link set "+bridge+" down")
		time.Sleep(5 * time.Second)
		do(t, "ip link set "+bridge+" up")
	})
	t.Logf("%d of them leaders; all programs saved at the latest %v after a cut", leaders, worst)
}

// TestADiskOfAMemberIsFull: on a small file system of its own; the others go on, and it comes back when there is room.
func TestADiskOfAMemberIsFull(t *testing.T) {
	root(t)
	small := ""
	c := logtest.StartIn(t, "etcd", func(dir string) {
		small = filepath.Join(dir, "m3")
		if err := os.Mkdir(small, 0o700); err != nil {
			t.Fatal(err)
		}
		do(t, "mount -t tmpfs -o size=160m,mode=700 tmpfs "+small)
	})
	t.Cleanup(func() { do(t, "umount -l "+small) })
	w := sharedAt(t, c, c.Addrs[0]+"/contest", 3)
	w.run("a member's disk full", func() {
		ballast := filepath.Join(small, "ballast")
		f, err := os.Create(ballast)
		if err != nil {
			t.Fatal(err)
		}
		for err == nil {
			_, err = f.Write(make([]byte, 4096))
		}
		f.Close()
		c.Kill(3)
		c.TryRevive(3) // without room it may end at once
		w.saves(60*time.Second, 20)
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
		c.TryKill(3) // if it lives
		c.Revive(3)
		w.saves(60*time.Second, 5)
		c.Kill(1) // so that its vote is needed
		w.saves(60*time.Second, 5)
		c.Revive(1)
	})
}
