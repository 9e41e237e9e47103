package sending_test

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/judging/media/mediatest"
	"fayi/judging/office"
	stage "fayi/judging/office/sending"
	"fayi/judging/sending"
	"fayi/judging/store/bolt"
)

// cutter stands between a client and a server and breaks connections, each after so many bytes to the server.
type cutter struct {
	l     net.Listener
	to    string
	after int64

	mu   sync.Mutex
	left int // connections that are still to be broken
	cuts int
}

func newCutter(t testing.TB, to string, times int, after int64) *cutter {
	t.Helper()
	c := &cutter{to: to, after: after, left: times}
	c.listen(t)
	return c
}

// through serves the contest behind a line that breaks so many times, each after so many bytes.
func (h *house) through(line *cutter, times int, after int64) {
	h.t.Helper()
	line.after, line.left = after, times
	l := line.open(h.t)
	h.serve(l.Addr().String())
	line.to = strings.TrimPrefix(h.at, "http://")
	h.at = "http://" + line.host()
	line.accept()
}

func (c *cutter) listen(t testing.TB) {
	t.Helper()
	c.open(t)
	c.accept()
}

func (c *cutter) open(t testing.TB) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", net.JoinHostPort(networkHost(t), "0"))
	mediatest.Must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	c.l = l
	return l
}

func (c *cutter) accept() {
	l := c.l
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go c.carry(conn)
		}
	}()
}

func (c *cutter) host() string { return c.l.Addr().String() }

func (c *cutter) carry(from net.Conn) {
	to, err := net.Dial("tcp", c.to)
	if err != nil {
		_ = from.Close()
		return
	}
	go func() {
		_, _ = io.Copy(from, to)
		_ = from.Close()
	}()
	for {
		_, err := io.CopyN(to, from, c.after)
		c.mu.Lock()
		cut := err == nil && c.left > 0
		if cut {
			c.left--
			c.cuts++
		}
		c.mu.Unlock()
		if cut || err != nil {
			_ = from.(*net.TCPConn).SetLinger(0) // as a cable that is pulled
			_ = from.Close()
			_ = to.(*net.TCPConn).SetLinger(0)
			_ = to.Close()
			return
		}
	}
}

func (c *cutter) broken() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cuts
}

// finish sends a file to its end, however often the connection breaks, and returns how often it began again.
func (c client) finish(at string, data io.ReaderAt, size, piece int64, most time.Duration) (again int) {
	c.t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end); again++ {
		offset, err := c.offset(at)
		if err != nil {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		for offset < size {
			n := min(piece, size-offset)
			a, err := c.patch(at, offset, io.NewSectionReader(data, offset, n))
			if err != nil || a.status != http.StatusNoContent {
				break
			}
			offset += n
		}
		if offset == size {
			return again
		}
	}
	c.t.Fatal("it never came to its end")
	return again
}

// onDisk writes a parcel to a file and returns it open, with its size and sum.
func (h *house) onDisk(sizes ...int) (*os.File, int64, string) {
	h.t.Helper()
	f, err := os.Create(filepath.Join(h.t.TempDir(), "a.zip"))
	mediatest.Must(h.t, err)
	h.t.Cleanup(func() { _ = f.Close() })
	sum := sha256.New()
	h.packTo(io.MultiWriter(f, sum), school, 1, nil, sizes...)
	size, err := f.Seek(0, io.SeekEnd)
	mediatest.Must(h.t, err)
	return f, size, hex.EncodeToString(sum.Sum(nil))
}

// TestAFileArrivesOverALineThatBreaksTwentyTimes sends 2 GB in the long form. No byte that was acknowledged is sent
// twice: what came over the wire in all is at most what each break could cost more.
func TestAFileArrivesOverALineThatBreaksTwentyTimes(t *testing.T) {
	sizes, piece, most := []int{8 << 20}, int64(256<<10), patience
	if !testing.Short() {
		sizes, piece, most = []int{1 << 30, 1 << 30}, 8<<20, 20*time.Minute
	}
	h := newHouse(t, stage.OpenRequest{})
	h.serve()
	f, size, sum := h.onDisk(sizes...)
	line := newCutter(t, strings.TrimPrefix(h.at, "http://"), 20, size/25)
	c := h.client(school)
	at := c.create("大.zip", sum, size).header.Get("Location")
	direct := c
	c.through = line.host()
	again := c.finish(at, f, size, piece, most)
	c = direct
	if n := line.broken(); n != 20 || again < 10 {
		t.Errorf("the line broke %d times, it began again %d times", n, again)
	}
	s := c.settled(at[strings.LastIndex(at, "/")+1:], most)
	if s.State != "waiting" || s.Sum != sum || s.Bytes != size || s.Works != len(sizes) {
		t.Errorf("%+v", s)
	}
}

// TestAFileArrivesAlthoughTheServerIsKilled ends the serving program by the signal that none can catch, again and again
// while a file comes in and while it is checked.
func TestAFileArrivesAlthoughTheServerIsKilled(t *testing.T) {
	kills, size := 6, 6<<20
	if !testing.Short() {
		kills, size = 40, 60<<20
	}
	h := newHouse(t, stage.OpenRequest{})
	f, bytes, sum := h.onDisk(size)
	mediatest.Must(t, h.office.Close())
	l, err := net.Listen("tcp", net.JoinHostPort(networkHost(t), "0"))
	mediatest.Must(t, err)
	addr := l.Addr().String()
	mediatest.Must(t, l.Close())
	h.at = "http://" + addr
	c := h.client(school)
	end := runServer(t, h.dir, addr, c)
	at := c.create("a.zip", sum, bytes).header.Get("Location")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for range kills {
			for before := -1; ; time.Sleep(time.Millisecond) { // each kill falls between two bytes somewhere
				if n, err := c.offset(at); err == nil && int(n) > before+int(bytes)/kills/2 || n == bytes {
					break
				} else if err == nil && before < 0 {
					before = int(n)
				}
			}
			end()
			end = runServer(t, h.dir, addr, c)
		}
	}()
	c.finish(at, f, bytes, 128<<10, 10*time.Minute)
	<-ended
	id := at[strings.LastIndex(at, "/")+1:]
	s := c.settled(id, patience)
	end()
	if s.State != "waiting" || s.Sum != sum {
		t.Errorf("%+v", s)
	}
	cfg := config(h.dir)
	cfg.DB, cfg.Blobs, err = bolt.OpenFolder(h.dir)
	mediatest.Must(t, err)
	h.office, err = office.Open(t.Context(), cfg)
	mediatest.Must(t, err)
	if all := h.deliveries(); len(all) != 1 {
		t.Errorf("%+v", all)
	}
	if report, err := h.office.CheckContest(t.Context(), "", nil); err != nil {
		t.Errorf("%+v %v", report, err)
	}
}

// runServer starts this program as a server and returns how it is killed.
func runServer(t *testing.T, dir, addr string, c client) (kill func()) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "FAYI_SENDING_DIR="+dir, "FAYI_SENDING_ADDR="+addr)
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Error(err)
		return func() {}
	}
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		if a, err := c.ask("GET", "/api/call", nil, nil); err == nil && a.status == http.StatusOK {
			break
		}
		if time.Now().After(end) {
			t.Error("the server does not come up")
			break
		}
	}
	return func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

func TestMain(m *testing.M) {
	if dir := os.Getenv("FAYI_SENDING_DIR"); dir != "" {
		serveHere(dir, os.Getenv("FAYI_SENDING_ADDR"))
		return
	}
	os.Exit(m.Run())
}

// serveHere serves a contest until it is killed.
func serveHere(dir, addr string) {
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	cfg := config(dir)
	var err error
	cfg.DB, cfg.Blobs, err = bolt.OpenFolder(dir)
	must(err)
	o, err := office.Open(context.Background(), cfg)
	must(err)
	l, err := net.Listen("tcp", addr)
	must(err)
	s, err := sending.New(sending.Config{Door: stage.DoorOf(o.Sending()), Dir: filepath.Join(dir, "sending"),
		Text: func(string) sending.Words { return mute{} }, Random: rand.Reader, Now: time.Now, Hosts: []string{addr}})
	must(err)
	go s.Run(context.Background())
	must(s.HTTP().Serve(l))
}

// mute says keys.
type mute struct{}

// T implements sending.Words.
func (mute) T(key string, _ map[string]any) string { return key }

// Err implements sending.Words.
func (mute) Err(err error) string { return err.Error() }
