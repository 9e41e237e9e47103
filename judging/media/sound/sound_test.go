package sound_test

import (
	"bytes"
	"errors"
	"io"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/media/mediatest"
	"fayi/judging/media/sound"
)

// chirp is a sound whose pitch rises, so that each place sounds unlike each other; the right side is half as loud.
const chirp = "aevalsrc=0.6*sin(400*t*(1+t))|0.3*sin(400*t*(1+t)):s=44100:d=3"

var made = map[string][]byte{}

// file is a sound of three seconds in a format.
func file(t testing.TB, name string, args ...string) []byte {
	t.Helper()
	if made[name] == nil {
		all := append([]string{"-f", "lavfi", "-i", chirp}, args...)
		made[name] = mediatest.Read(t, mediatest.FFmpeg(t, name, all...))
	}
	return made[name]
}

var samples = []struct {
	name, format string
	args         []string
	loose        float64 // how far a sample may be off
}{
	{"s16.wav", "wav", nil, 0.0001},
	{"s24.wav", "wav", []string{"-c:a", "pcm_s24le"}, 0.0001},
	{"s32.wav", "wav", []string{"-c:a", "pcm_s32le"}, 0.0001},
	{"u8.wav", "wav", []string{"-c:a", "pcm_u8"}, 0.02},
	{"f32.wav", "wav", []string{"-c:a", "pcm_f32le"}, 0.0001},
	{"f64.wav", "wav", []string{"-c:a", "pcm_f64le"}, 0.0001},
	{"a.flac", "flac", nil, 0.0001},
	{"s24.flac", "flac", []string{"-sample_fmt", "s32"}, 0.0001},
	{"a.mp3", "mp3", []string{"-b:a", "192k"}, 0.05},
	{"vbr.mp3", "mp3", []string{"-q:a", "2"}, 0.05},
	{"a.ogg", "ogg", []string{"-c:a", "libvorbis", "-q:a", "6"}, 0.08},
}

func open(t testing.TB, data []byte, format string) *sound.Track {
	t.Helper()
	tr, err := sound.Open(bytes.NewReader(data), int64(len(data)), format)
	mediatest.Must(t, err)
	return tr
}

// all reads a track to its end.
func all(t testing.TB, tr *sound.Track) []float32 {
	t.Helper()
	var out []float32
	buf := make([]float32, 5000)
	for {
		n, err := tr.Read(buf)
		out = append(out, buf[:n]...)
		if errors.Is(err, io.EOF) {
			return out
		}
		mediatest.Must(t, err)
	}
}

// shift is how many frames of silence an encoder put before the sound, at most 3,000.
func shift(got []float32) int {
	best, at := math.Inf(1), 0
	for off := range 3000 {
		sum := 0.0
		for i := 20_000; i < 20_400; i++ {
			sum += math.Abs(float64(got[2*(i+off)]) - chirpAt(i))
		}
		if sum < best {
			best, at = sum, off
		}
	}
	return at
}

func chirpAt(frame int) float64 {
	x := float64(frame) / 44100
	return 0.6 * math.Sin(400*x*(1+x))
}

func TestEachFormatSoundsAsItWasMade(t *testing.T) {
	for _, s := range samples {
		tr := open(t, file(t, s.name, s.args...), s.format)
		if tr.Rate() != 44100 || tr.Frames() < 3*44100-600 || tr.Frames() > 3*44100+4000 || !tr.Whole() {
			t.Errorf("%s: rate %d, %d frames, whole %v", s.name, tr.Rate(), tr.Frames(), tr.Whole())
		}
		got := all(t, tr)
		if d := int64(len(got)/2) - tr.Frames(); d < -2400 || d > 2400 {
			t.Errorf("%s: %d frames came, %d were promised", s.name, len(got)/2, tr.Frames())
		}
		off := shift(got)
		for i := 1000; i < 3*44100-3000; i += 7 {
			left, right := float64(got[2*(i+off)]), float64(got[2*(i+off)+1])
			if math.Abs(left-chirpAt(i)) > s.loose || math.Abs(right-chirpAt(i)/2) > s.loose {
				t.Errorf("%s: frame %d is %.3f %.3f, want %.3f %.3f", s.name, i, left, right, chirpAt(i), chirpAt(i)/2)
				break
			}
		}
	}
}

// TestSeekingGoesToTheFrame: what is heard after a seek is what is heard there without.
func TestSeekingGoesToTheFrame(t *testing.T) {
	for _, s := range samples {
		tr := open(t, file(t, s.name, s.args...), s.format)
		whole := all(t, tr)
		last := int64(len(whole)/2) - 3000
		for _, at := range []int64{90_000, 0, 44_100, 1, 4_095, 120_000, 30_011, last} {
			mediatest.Must(t, tr.GoTo(at))
			buf := make([]float32, 2000)
			n, err := tr.Read(buf)
			for n < 800 && err == nil {
				more := 0
				more, err = tr.Read(buf[n:])
				n += more
			}
			if err != nil {
				t.Errorf("%s at %d: %v", s.name, at, err)
				continue
			}
			worst := 0.0
			for i := range n {
				worst = max(worst, math.Abs(float64(buf[i]-whole[2*at+int64(i)])))
			}
			if worst > 0.02 {
				t.Errorf("%s at %d: off by %.3f", s.name, at, worst)
			}
		}
		mediatest.Must(t, tr.GoTo(1<<40))
		if n, err := tr.Read(make([]float32, 100)); n != 0 || !errors.Is(err, io.EOF) {
			t.Errorf("%s: %d values past the end, %v", s.name, n, err)
		}
	}
}

func TestALongFLACWithoutATableIsSoughtByHalves(t *testing.T) {
	data := mediatest.Read(t, mediatest.FFmpeg(t, "long.flac", "-f", "lavfi", "-i",
		"anoisesrc=d=60:r=44100:a=0.2:seed=3", "-f", "lavfi", "-i", "sine=440:d=60", "-filter_complex", "amix"))
	counted := &counting{Reader: bytes.NewReader(data)}
	tr, err := sound.Open(counted, int64(len(data)), "flac")
	mediatest.Must(t, err)
	counted.n = 0
	mediatest.Must(t, tr.GoTo(50*44100))
	buf := make([]float32, 400)
	if _, err := tr.Read(buf); err != nil {
		t.Fatal(err)
	}
	if counted.n > len(data)/2 {
		t.Errorf("%d of %d bytes were read for one seek", counted.n, len(data))
	}
}

// counting counts what is read.
type counting struct {
	*bytes.Reader

	n int
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += n
	return n, err
}

// TestACutSoundIsNotWhole: what the disk lost at the end is noticed, whatever the format.
func TestACutSoundIsNotWhole(t *testing.T) {
	for _, s := range samples {
		data := file(t, s.name, s.args...)
		for _, part := range []float64{0.5, 0.8, 0.9} {
			cut := data[:int(float64(len(data))*part)]
			tr, err := sound.Open(bytes.NewReader(cut), int64(len(cut)), s.format)
			if err == nil && tr.Whole() {
				t.Errorf("%s cut at %v counts as whole", s.name, part)
			}
		}
	}
}

func TestWhatIsNoSoundIsRefused(t *testing.T) {
	for name, data := range map[string][]byte{
		"empty": nil, "word": []byte("依法治国"), "zeros": make([]byte, 5000),
		"noise":   bytes.Repeat([]byte{0xFF, 0xE0, 0, 1, 7}, 3000),
		"opus":    mediatest.Read(t, mediatest.FFmpeg(t, "a.ogg", "-f", "lavfi", "-i", chirp, "-c:a", "libopus")),
		"adpcm":   mediatest.Read(t, mediatest.FFmpeg(t, "a.wav", "-f", "lavfi", "-i", chirp, "-c:a", "adpcm_ms")),
		"only ID": append([]byte("ID3\x03\x00\x00\x7F\x7F\x7F\x7F"), make([]byte, 300)...),
	} {
		for _, format := range []string{"wav", "mp3", "flac", "ogg", "aac", ""} {
			_, err := sound.Open(bytes.NewReader(data), int64(len(data)), format)
			if judging.CodeOf(err) != judging.Invalid {
				t.Errorf("%s as %q: %v", name, format, err)
			}
		}
	}
}

type torn struct{ io.ReadSeeker }

func (torn) Read([]byte) (int, error) { return 0, errors.New("disk gone") }

func TestAFailingDiskIsNotABadSound(t *testing.T) {
	_, err := sound.Open(torn{bytes.NewReader(make([]byte, 100))}, 100, "wav")
	if judging.CodeOf(err) != judging.Unavailable {
		t.Error(err)
	}
}

// TestDamagedSoundsCostLittle: any damage gives an error or other sounds, in little time and without a panic.
func TestDamagedSoundsCostLittle(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for _, s := range samples {
		data := file(t, s.name, s.args...)
		for range 25 {
			bad := bytes.Clone(data)
			for range 1 + chance.IntN(20) {
				at := chance.IntN(len(bad))
				if chance.IntN(3) > 0 {
					at = chance.IntN(min(len(bad), 6000)) // headers and tables
				}
				bad[at] = byte(chance.Uint32())
			}
			began := time.Now()
			wear(bad, s.format)
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("%s: %v for %d damaged bytes", s.name, took, len(bad))
			}
		}
	}
}

// wear opens, reads and seeks whatever data is.
func wear(data []byte, format string) {
	tr, err := sound.Open(bytes.NewReader(data), int64(len(data)), format)
	if err != nil {
		return
	}
	buf := make([]float32, 4096)
	for range 50 {
		if _, err := tr.Read(buf); err != nil {
			break
		}
	}
	_ = tr.GoTo(tr.Frames() / 2)
	_, _ = tr.Read(buf)
	_ = tr.GoTo(tr.Frames() - 1)
	_, _ = tr.Read(buf)
}

func FuzzOpen(f *testing.F) {
	for _, s := range samples {
		f.Add(file(f, s.name, s.args...)[:4000], s.format)
	}
	f.Fuzz(func(t *testing.T, data []byte, format string) { wear(data, format) })
}

func TestAnotherRateKeepsThePitch(t *testing.T) {
	for _, rate := range []int{48_000, 22_050, 44_100, 96_000} {
		r := sound.Resample(open(t, file(t, "s16.wav"), "wav"), rate)
		if want := int64(3 * rate); r.Frames() < want-2 || r.Frames() > want+2 {
			t.Errorf("%d frames at %d", r.Frames(), rate)
		}
		for _, from := range []int{0, rate, rate / 3} {
			mediatest.Must(t, r.GoTo(int64(from)))
			var got []float32
			buf := make([]float32, 3000)
			for len(got) < 30_000 {
				n, err := r.Read(buf)
				mediatest.Must(t, err)
				got = append(got, buf[:n]...)
			}
			worst := 0.0
			for i := 100; i < 14_000; i++ {
				x := float64(from+i) / float64(rate)
				worst = max(worst, math.Abs(float64(got[2*i])-0.6*math.Sin(400*x*(1+x))))
			}
			if worst > 0.002 {
				t.Errorf("at %d from %d: off by %.4f", rate, from, worst)
			}
		}
		mediatest.Must(t, r.GoTo(int64(3*rate-100)))
		total, buf := 0, make([]float32, 64)
		for {
			n, err := r.Read(buf)
			if total += n; err != nil {
				break
			}
		}
		if total < 180 || total > 220 {
			t.Errorf("%d values at the end at %d", total, rate)
		}
	}
}
