package play_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/media/mediatest"
	"fayi/judging/media/play"
)

// card is a sink whose time the test turns: what is heard is read then, and not before.
type card struct {
	voice *heard
	err   error
}

func (c *card) Start(r io.Reader) (play.Voice, error) {
	if c.err != nil {
		return nil, c.err
	}
	c.voice = &heard{r: r}
	return c.voice, nil
}

type heard struct {
	one    sync.Mutex
	r      io.Reader
	on     bool
	played int64
	last   float64 // the loudest value of what was heard last
	volume float64
	closed bool
	broken error
}

func (h *heard) set(f func()) { h.one.Lock(); defer h.one.Unlock(); f() }

func (h *heard) Play()               { h.set(func() { h.on = true }) }
func (h *heard) Pause()              { h.set(func() { h.on = false }) }
func (h *heard) SetVolume(v float64) { h.set(func() { h.volume = v }) }
func (h *heard) Close()              { h.set(func() { h.closed = true }) }
func (h *heard) Err() error          { return h.broken }

func (h *heard) Played() (n int64) {
	h.set(func() { n = h.played })
	return n
}

// hear lets time pass.
func (c *card) hear(d time.Duration) {
	h := c.voice
	if h == nil || !h.on || h.closed {
		return
	}
	buf := make([]byte, int(d.Seconds()*play.Rate)*play.FrameBytes)
	n, _ := io.ReadFull(h.r, buf)
	h.set(func() {
		h.played += int64(n / play.FrameBytes)
		h.last = 0
		for i := max(n-960*play.FrameBytes, 0); i+4 <= n; i += 4 {
			h.last = max(h.last, math.Abs(float64(math.Float32frombits(binary.LittleEndian.Uint32(buf[i:])))))
		}
	})
}

// file serves bytes as a file.
type file struct{ *bytes.Reader }

func (file) Close() error { return nil }

// waveOf is a WAV of so many seconds that grows from silent to as loud as can be.
func waveOf(t testing.TB, seconds int) []byte {
	return mediatest.Read(t, mediatest.FFmpeg(t, "a.wav", "-f", "lavfi", "-i",
		fmt.Sprintf("aevalsrc=(t/%d)*sin(3000*t):s=44100:d=%d", seconds, seconds)))
}

func soundOf(t testing.TB, c *card) *play.Player {
	t.Helper()
	data := waveOf(t, 4)
	src, length, err := play.OpenSound(file{bytes.NewReader(data)}, int64(len(data)), "wav")
	mediatest.Must(t, err)
	p := play.NewPlayer(src, nil, c, length)
	t.Cleanup(func() { mediatest.Must(t, p.Close()) })
	return p
}

func near(a, b, by time.Duration) bool { return a-b <= by && b-a <= by }

func (c *card) expect(t testing.TB, p *play.Player, at time.Duration, playing bool) {
	t.Helper()
	if s := p.State(); !near(s.Position, at, 2*time.Millisecond) || s.Playing != playing || s.Busy {
		t.Errorf("%+v, want %v, playing %v", s, at, playing)
	}
}

func TestAPlayerKeepsItsPlace(t *testing.T) {
	c := &card{}
	p := soundOf(t, c)
	c.expect(t, p, 0, false)
	mediatest.Must(t, p.Play())
	c.hear(time.Second)
	c.expect(t, p, time.Second, true)
	p.Pause()
	c.hear(time.Second)
	c.expect(t, p, time.Second, false)
	mediatest.Must(t, p.Play())
	c.hear(time.Second)
	if c.voice.last < 0.45 || c.voice.last > 0.52 {
		t.Errorf("at two of four seconds the sound is %.2f loud", c.voice.last)
	}
	mediatest.Must(t, p.Seek(3*time.Second))
	c.hear(100 * time.Millisecond)
	c.expect(t, p, 3100*time.Millisecond, true)
	if c.voice.last < 0.74 || c.voice.last > 0.79 {
		t.Errorf("at three of four seconds the sound is %.2f loud", c.voice.last)
	}
	p.SetVolume(0.3)
	mediatest.Must(t, p.Seek(-time.Second))
	c.expect(t, p, 0, true)
	if c.voice.volume != 0.3 || p.Volume() != 0.3 {
		t.Error("the volume is lost by seeking")
	}
	mediatest.Must(t, p.Seek(time.Hour))
	c.hear(time.Second)
	c.expect(t, p, 4*time.Second, false)
	mediatest.Must(t, p.Play())
	c.hear(500 * time.Millisecond)
	c.expect(t, p, 500*time.Millisecond, true)
}

func TestTheEndIsNoticedAndPlayBeginsAgain(t *testing.T) {
	c := &card{}
	p := soundOf(t, c)
	mediatest.Must(t, p.Play())
	for range 50 {
		c.hear(100 * time.Millisecond)
	}
	c.expect(t, p, 4*time.Second, false)
	mediatest.Must(t, p.Play())
	c.hear(100 * time.Millisecond)
	c.expect(t, p, 100*time.Millisecond, true)
}

func TestACardThatFailsIsTold(t *testing.T) {
	gone := errors.New("no card")
	c := &card{err: gone}
	p := soundOf(t, c)
	if err := p.Play(); !errors.Is(err, gone) || p.State().Playing || !errors.Is(p.State().Err, gone) {
		t.Errorf("%v %+v", err, p.State())
	}
	c.err = nil
	mediatest.Must(t, p.Play())
	c.hear(time.Second)
	c.voice.broken = gone
	if s := p.State(); s.Playing || !errors.Is(s.Err, gone) {
		t.Errorf("%+v", s)
	}
	c.voice.broken = nil
	mediatest.Must(t, p.Play())
	c.expect(t, p, time.Second, true)
	mediatest.Must(t, p.Close())
	mediatest.Must(t, p.Close())
	if !c.voice.closed || p.Play() != nil || p.State().Playing {
		t.Error("a closed player plays")
	}
}

// serve hands a file to ffmpeg.
func serve(t testing.TB, data []byte, mime string) *play.Local {
	t.Helper()
	l, err := play.Serve(bytes.NewReader(bytes.Repeat([]byte("secret"), 9)),
		func(context.Context) (io.ReadSeekCloser, error) { return file{bytes.NewReader(data)}, nil }, mime)
	mediatest.Must(t, err)
	t.Cleanup(func() { mediatest.Must(t, l.Close()) })
	return l
}

// film is a film of eight seconds whose brightness and loudness say what time it is. Its index stands at the end.
func film(t testing.TB, name string, more ...string) []byte {
	key := name + strings.Join(more, " ")
	if films[key] == nil {
		films[key] = makeFilm(t, name, more)
	}
	return films[key]
}

var films = map[string][]byte{}

func makeFilm(t testing.TB, name string, more []string) []byte {
	args := []string{
		"-f", "lavfi", "-i", "nullsrc=s=64x36:r=25:d=8,geq=lum='16+219*T/8':cb=128:cr=128",
		"-f", "lavfi", "-i", "aevalsrc=(t/8)*sin(3000*t)|(t/8)*sin(3000*t):s=44100:d=8",
	}
	return mediatest.Read(t, mediatest.FFmpeg(t, name, append(args, more...)...))
}

// bright is the time that a picture shows. ffmpeg makes it two steps of 255 too dark.
func bright(p *image.RGBA) time.Duration {
	size := p.Rect.Size()
	c := p.RGBAAt(size.X/2, size.Y/2)
	return time.Duration(float64(int(c.G)+2) / 255 * 8 * float64(time.Second))
}

// openFilm opens a film as the desk does.
func openFilm(t testing.TB, c play.Sink, data []byte, format string) *play.Player {
	t.Helper()
	tools := play.FindTools()
	if tools.FFmpeg == "" || tools.FFprobe == "" {
		t.Fatal("ffmpeg is not installed: scripts/deps test")
	}
	l := serve(t, data, "video/mp4")
	info, err := play.Probe(t.Context(), tools, l.File(), format)
	mediatest.Must(t, err)
	if !near(info.Length, 8*time.Second, 100*time.Millisecond) {
		t.Fatalf("%+v", info)
	}
	src, reel := play.OpenFilm(tools, l.File(), format, info)
	p := play.NewPlayer(src, reel, c, info.Length)
	t.Cleanup(func() { mediatest.Must(t, p.Close()) })
	return p
}

// picture waits for the picture that is due.
func picture(t testing.TB, p *play.Player) *image.RGBA {
	t.Helper()
	var last *image.RGBA
	for until := time.Now().Add(10 * time.Second); time.Now().Before(until); time.Sleep(5 * time.Millisecond) {
		got := p.Picture()
		if got != nil {
			last = got
		}
		if got == nil && last != nil && near(bright(last), p.State().Position, 90*time.Millisecond) {
			return last
		}
	}
	if last == nil {
		t.Fatal("no picture came")
	}
	t.Errorf("at %v the picture is of %v", p.State().Position, bright(last))
	return last
}

func TestPictureAndSoundOfAFilmKeepStep(t *testing.T) {
	for name, more := range map[string][]string{
		"a.mp4": nil, "b.avi": {"-c:v", "mpeg4", "-q:v", "2", "-c:a", "pcm_s16le"}, "c.mkv": nil,
		"d.wmv": {"-b:v", "2M"}, "e.mov": {"-vf", "transpose"},
	} {
		t.Run(name, func(t *testing.T) {
			c := &card{}
			p := openFilm(t, c, film(t, name, more...), strings.TrimPrefix(filepath.Ext(name), "."))
			mediatest.Must(t, p.Resize(image.Pt(321, 181)))
			mediatest.Must(t, p.Play())
			for _, to := range []time.Duration{0, 5 * time.Second, 2 * time.Second, 6500 * time.Millisecond} {
				mediatest.Must(t, p.Seek(to))
				for range 12 {
					c.hear(100 * time.Millisecond)
				}
				at := p.State().Position
				if !near(at, to+1200*time.Millisecond, 5*time.Millisecond) {
					t.Errorf("heard till %v from %v", at, to)
				}
				got := picture(t, p)
				if got.Rect.Size() != image.Pt(320, 180) {
					t.Errorf("pictures of %v", got.Rect.Size())
				}
				loud := time.Duration(c.voice.last * 8 * float64(time.Second))
				if !near(loud, at, 250*time.Millisecond) {
					t.Errorf("at %v the sound is of %v", at, loud)
				}
			}
			p.Pause()
			at := p.State().Position
			c.hear(time.Second)
			if p.State().Position != at {
				t.Error("a paused film goes on")
			}
		})
	}
}

func TestAFilmGoesOnWithoutACardAndWithoutSound(t *testing.T) {
	now := time.Unix(0, 0)
	var one sync.Mutex
	clock := func() time.Time { one.Lock(); defer one.Unlock(); return now }
	p := openFilm(t, play.Silent{Now: clock}, film(t, "a.mp4", "-an"), "mp4")
	mediatest.Must(t, p.Play())
	one.Lock()
	now = now.Add(3 * time.Second)
	one.Unlock()
	if s := p.State(); s.Position != 3*time.Second || !s.Playing {
		t.Errorf("%+v", s)
	}
	picture(t, p)
	one.Lock()
	now = now.Add(30 * time.Second)
	one.Unlock()
	if s := p.State(); !near(s.Position, 8*time.Second, 100*time.Millisecond) || s.Playing {
		t.Errorf("%+v", s)
	}
	c := &card{}
	p = openFilm(t, c, film(t, "b.mp4", "-an"), "mp4")
	mediatest.Must(t, p.Play())
	for range 90 {
		c.hear(100 * time.Millisecond)
	}
	if s := p.State(); !near(s.Position, 8*time.Second, 100*time.Millisecond) || s.Playing || c.voice.last != 0 {
		t.Errorf("%+v, %.2f loud", s, c.voice.last)
	}
}

func TestSoundsOfOtherFormatsPlayByFFmpeg(t *testing.T) {
	for name, more := range map[string][]string{
		"a.m4a": nil, "b.wma": nil, "c.aac": nil, "d.ogg": {"-c:a", "libopus"},
	} {
		data := mediatest.Read(t, mediatest.FFmpeg(t, name, append([]string{
			"-f", "lavfi", "-i", "aevalsrc=(t/8)*sin(3000*t)|(t/8)*sin(3000*t):s=44100:d=8",
		}, more...)...))
		format := strings.TrimPrefix(filepath.Ext(name), ".")
		c := &card{}
		l := serve(t, data, "audio/mp4")
		tools := play.FindTools()
		info, err := play.Probe(t.Context(), tools, l.File(), format)
		if err != nil || info.Picture || !info.Sound {
			t.Errorf("%s: %+v %v", name, info, err)
			continue
		}
		src, reel := play.OpenFilm(tools, l.File(), format, info)
		p := play.NewPlayer(src, reel, c, info.Length)
		mediatest.Must(t, p.Play())
		mediatest.Must(t, p.Seek(4*time.Second))
		c.hear(200 * time.Millisecond)
		if c.voice.last < 0.45 || c.voice.last > 0.6 {
			t.Errorf("%s: %.2f loud in the middle", name, c.voice.last)
		}
		mediatest.Must(t, p.Close())
	}
}

// children counts the processes that this one started and that are still there, dead ones too.
func children(t testing.TB) int {
	t.Helper()
	all, err := filepath.Glob("/proc/[0-9]*/stat")
	mediatest.Must(t, err)
	n := 0
	for _, at := range all {
		b, err := os.ReadFile(at)
		if err != nil {
			continue
		}
		rest := string(b[bytes.LastIndexByte(b, ')')+1:])
		if f := strings.Fields(rest); len(f) > 1 && f[1] == fmt.Sprint(os.Getpid()) {
			n++
		}
	}
	return n
}

func TestNoFFmpegOutlivesItsFilm(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("counts processes as Linux lists them")
	}
	before, tasks := children(t), runtime.NumGoroutine()
	c := &card{}
	p := openFilm(t, c, film(t, "a.mp4"), "mp4")
	mediatest.Must(t, p.Play())
	c.hear(100 * time.Millisecond)
	if children(t) != before+2 {
		t.Errorf("%d processes play", children(t)-before)
	}
	for range 10 {
		mediatest.Must(t, p.Seek(time.Second))
	}
	if n := children(t); n != before+2 {
		t.Errorf("%d processes after seeking", n-before)
	}
	mediatest.Must(t, p.Close())
	if n := children(t); n != before {
		t.Errorf("%d processes are left", n-before)
	}
	for until := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > tasks+8 && time.Now().Before(until); {
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > tasks+8 {
		t.Errorf("%d goroutines, %d before", n, tasks)
	}
}

// TestClosingDoesNotWaitForAFilmThatGivesNothing: ffmpeg may wait for a file that never comes.
func TestClosingDoesNotWaitForAFilmThatGivesNothing(t *testing.T) {
	held := make(chan struct{})
	defer close(held)
	data := film(t, "a.mp4")
	slow := false
	l, err := play.Serve(bytes.NewReader(make([]byte, 18)), func(ctx context.Context) (io.ReadSeekCloser, error) {
		if slow {
			select {
			case <-held:
			case <-ctx.Done():
			}
		}
		return file{bytes.NewReader(data)}, nil
	}, "video/mp4")
	mediatest.Must(t, err)
	defer l.Close()
	tools := play.FindTools()
	info, err := play.Probe(t.Context(), tools, l.File(), "mp4")
	mediatest.Must(t, err)
	slow = true
	src, _ := play.OpenFilm(tools, l.File(), "mp4", info)
	c := &card{}
	p := play.NewPlayer(src, nil, c, info.Length)
	mediatest.Must(t, p.Play())
	read := make(chan struct{})
	go func() { c.hear(time.Second); close(read) }()
	time.Sleep(100 * time.Millisecond)
	began := time.Now()
	mediatest.Must(t, p.Close())
	<-read
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("closing took %v", took)
	}
}

func TestABrokenFilmIsTold(t *testing.T) {
	tools := play.FindTools()
	whole := film(t, "a.mp4")
	for name, data := range map[string][]byte{
		"empty": nil, "noise": bytes.Repeat([]byte("noise"), 1000), "cut": whole[:len(whole)/2],
	} {
		l := serve(t, data, "video/mp4")
		if _, err := play.Probe(t.Context(), tools, l.File(), "mp4"); judging.CodeOf(err) != judging.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	l := serve(t, whole, "video/mp4")
	if _, err := play.Probe(t.Context(), play.Tools{}, l.File(), "mp4"); judging.CodeOf(err) != judging.Unavailable {
		t.Error(err)
	}
	if _, err := play.Probe(t.Context(), tools, l.File(), "txt"); judging.CodeOf(err) != judging.Invalid {
		t.Error(err)
	}
	src, reel := play.OpenFilm(play.Tools{}, l.File(), "mp4", play.Info{Sound: true, Picture: true, Rate: 25})
	p := play.NewPlayer(src, reel, &card{}, time.Second)
	if err := p.Play(); judging.CodeOf(err) != judging.Unavailable {
		t.Error(err)
	}
	mediatest.Must(t, p.Close())
}

// opener opens the same bytes again and again.
func opener(data []byte) play.Opener {
	return func(context.Context) (io.ReadSeekCloser, error) { return file{bytes.NewReader(data)}, nil }
}

func TestEachFileIsPlayedByWhatCanPlayIt(t *testing.T) {
	tone := []string{"-f", "lavfi", "-i", "sine=440:duration=3"}
	sounds := map[string][]byte{}
	for _, name := range []string{"a.wav", "b.mp3", "c.flac", "d.m4a", "e.aac"} {
		sounds[name] = mediatest.Read(t, mediatest.FFmpeg(t, name, tone...))
	}
	movie := film(t, "f.mp4")
	whole := play.FindTools()
	for _, c := range []struct {
		name   string
		data   []byte
		tools  play.Tools
		plays  bool
		poster bool
		code   judging.Code
	}{
		{"wav without ffmpeg", sounds["a.wav"], play.Tools{}, true, false, ""},
		{"mp3 without ffmpeg", sounds["b.mp3"], play.Tools{}, true, false, ""},
		{"flac without ffmpeg", sounds["c.flac"], play.Tools{}, true, false, ""},
		{"m4a without ffmpeg", sounds["d.m4a"], play.Tools{}, false, false, judging.Unavailable},
		{"m4a", sounds["d.m4a"], whole, true, false, ""},
		{"aac", sounds["e.aac"], whole, true, false, ""},
		{"film", movie, whole, true, true, ""},
		{"film without ffmpeg", movie, play.Tools{}, false, false, judging.Unavailable},
		{"half a film", movie[:len(movie)/2], whole, false, false, judging.Invalid},
		{"a broken mp3", append([]byte("ID3\x03\x00\x00\x00\x00\x00\x00"), make([]byte, 500)...), whole, false, false,
			judging.Invalid},
	} {
		m, err := play.Open(t.Context(), play.Setup{
			Tools: c.tools, Sink: &card{}, Now: time.Now, Random: rand.Reader,
		}, opener(c.data), image.Pt(200, 100))
		mediatest.Must(t, err)
		if (m.Player != nil) != c.plays || (m.Poster != nil) != c.poster ||
			c.code != "" && judging.CodeOf(m.Why) != c.code {
			t.Errorf("%s: player %v, poster %v, %v", c.name, m.Player != nil, m.Poster != nil, m.Why)
		}
		if c.name == "film without ffmpeg" && !near(m.Length, 8*time.Second, 50*time.Millisecond) {
			t.Errorf("its length is read without ffmpeg: %v", m.Length)
		}
		if m.Poster != nil && (m.Poster.Rect.Size() != image.Pt(200, 100) ||
			!near(bright(m.Poster), 800*time.Millisecond, 80*time.Millisecond)) {
			t.Errorf("the poster of %v is %v", bright(m.Poster), m.Poster.Rect)
		}
		mediatest.Must(t, m.Close())
	}
}

// TestAFilmWithoutACardIsSeen: and it says that it can't be heard.
func TestAFilmWithoutACardIsSeen(t *testing.T) {
	m, err := play.Open(t.Context(), play.Setup{
		Tools: play.FindTools(), Sink: &card{err: errors.New("no card")}, Now: time.Now, Random: rand.Reader,
	}, opener(film(t, "a.mp4")), image.Pt(200, 100))
	mediatest.Must(t, err)
	defer m.Close()
	mediatest.Must(t, m.Player.Play())
	if !m.Player.Mute() || !m.Player.State().Playing {
		t.Errorf("%+v, mute %v", m.Player.State(), m.Player.Mute())
	}
}
