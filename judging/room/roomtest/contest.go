// Package roomtest makes contests with pictures, texts, sounds and films, and opens rooms over them. Only tests import
// it.
package roomtest

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"image"
	"image/color"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"fayi/assets"
	"fayi/assets/rubrics"
	"fayi/judging"
	"fayi/judging/live"
	"fayi/judging/media/mediatest"
	"fayi/judging/media/pdf"
	"fayi/judging/office"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/rules"
	"fayi/judging/room"
	"fayi/judging/store"
	"fayi/judging/store/bolt"
	"fayi/judging/terms"
	"fayi/judging/voting"
)

// Contest says what contest to make.
type Contest struct {
	Works, Judges int
	Media         bool   // pictures of 12 megapixels, a sound, a film; else a short text each
	Large         bool   // only works of one picture of 12 megapixels
	PIN           string // of the first judge, none for ""
	PerWork       int    // judges of a work; 0: as the rules say
	// Voting is how judges speak; nil: by marks.
	Voting *voting.Rule
	// Stage has only songs, to be scored as they are performed by this rule; nil: none.
	Stage  *live.Rule
	Minors terms.Minors     // how the names of children appear in public
	Loose  bool             // the last criterion of each rubric need not apply
	Names  bool             // the room lets judges in by name and PIN
	Path   string           // below which the room stands, as in a hall
	Now    func() time.Time // the contest's clock and the room's; nil: the computer's
	// Disk puts something between the contest and its file; nil: nothing.
	Disk func(store.DB) store.DB
}

// House is a contest with a room over it.
type House struct {
	Office *office.Office
	Dir    string
	Room   *room.Server
	Tokens map[judging.JudgeID]string
	At     string // "http://127.0.0.1:8790", once it is open

	names bool
	path  string
	now   func() time.Time
}

// Secrets are what no judge may ever be sent: parts of names, units, phone numbers and file names of all works.
var Secrets = []string{"甲某", "示例第", "乙老师", "1380000", "号-1", "号-2"}

// config is a contest's folder opened in the way of the programs.
func config(dir string) office.Config {
	return office.Config{Dir: dir, Now: time.Now, Random: rand.Reader, Actor: "organiser", Cache: os.TempDir()}
}

// NewContest makes a contest in a folder that is removed at the end, with a published plan and a pass for each judge.
func NewContest(t testing.TB, c Contest) *House {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "甲.fayi")
	cfg := config(dir)
	if c.Now != nil {
		cfg.Now = c.Now
	}
	var err error
	cfg.DB, cfg.Blobs, err = bolt.Create(dir)
	must(t, err)
	if c.Disk != nil {
		cfg.DB = c.Disk(cfg.DB)
	}
	r, err := rules.ParseRules(bytes.NewReader(rubrics.LegalCulture))
	must(t, err)
	r.Live, r.Minors, r.Voting = c.Stage, c.Minors, c.Voting
	for _, n := range r.Rubrics {
		n.Criteria[len(n.Criteria)-1].Optional = c.Loose
	}
	for i := range r.Awards {
		if c.Voting != nil {
			r.Awards[i].MinScore = 0 // made for marks
		}
	}
	o, err := office.Create(t.Context(), cfg, "甲县法治作品征集", "甲县司法局", r)
	must(t, err)
	t.Cleanup(func() { _ = o.Close() }) // a test may have closed it
	_, err = o.Intake().ImportWorks(t.Context(), intake.ImportRequest{Sources: []string{source(t, c)}}, nil)
	must(t, err)
	for i := range c.Judges {
		_, err := o.Assignment().AddJudge(t.Context(), judging.Judge{
			Name: fmt.Sprintf("评委%c", 'A'+i), Unit: fmt.Sprintf("乙协会%d", i)})
		must(t, err)
	}
	seed := uint64(1)
	_, err = o.Assignment().PlanAssignment(t.Context(), assignment.PlanRequest{
		Seed: &seed, PlanOptions: judging.PlanOptions{PerWork: c.PerWork}}, nil)
	must(t, err)
	must(t, looked(t.Context(), o))
	ctx := office.Ticking(t.Context(), "duplicates", "no_group", "unmet", "no_file", "missing")
	_, err = o.Assignment().PublishPlan(ctx, "")
	must(t, err)
	if c.PIN != "" {
		_, err := o.Secrets().SetPIN(t.Context(), "j001", c.PIN)
		must(t, err)
	}
	h := &House{Office: o, Dir: dir, Tokens: map[judging.JudgeID]string{}, names: c.Names, path: c.Path, now: time.Now}
	if c.Now != nil {
		h.now = c.Now
	}
	issued, err := o.Passes().IssuePasses(t.Context(), nil)
	must(t, err)
	for _, p := range issued {
		h.Tokens[p.Judge] = p.Token
	}
	return h
}

// looked makes the copies for judges and says that a person has looked at those that ask for it.
func looked(ctx context.Context, o *office.Office) error {
	if _, err := o.Review().BlindWorks(ctx, nil); err != nil {
		return err
	}
	open, err := o.Review().OpenNeeds(ctx)
	if err != nil {
		return err
	}
	for _, n := range open {
		if n.File == 0 {
			continue
		}
		if err := o.Review().LookedAt(ctx, n.Work, n.File-1, true); err != nil {
			return err
		}
	}
	return nil
}

// Reopen opens a contest that another program has left.
func Reopen(ctx context.Context, dir string) (*office.Office, error) {
	cfg := config(dir)
	var err error
	if cfg.DB, cfg.Blobs, err = bolt.OpenFolder(dir); err != nil {
		return nil, err
	}
	return office.Open(ctx, cfg)
}

// NewRoom returns a room over an open contest for these addresses.
func NewRoom(ctx context.Context, o *office.Office, hosts ...string) (*room.Server, error) {
	return newRoom(ctx, o, time.Now, "", hosts...)
}

func newRoom(
	ctx context.Context, o *office.Office, now func() time.Time, path string, hosts ...string,
) (*room.Server, error) {
	door, err := o.Passes().Door(ctx)
	if err != nil {
		return nil, err
	}
	texts, err := assets.Load()
	if err != nil {
		return nil, err
	}
	return room.New(room.Config{
		Door: door, Desk: func(j judging.JudgeID) room.Desk { return o.Scoring().Desk(j).InRoom() },
		Pairs:  func(j judging.JudgeID) room.Pairs { return o.Comparisons().Desk(j).InRoom() },
		Papers: pdf.NewEngine(pdf.Config{Cache: filepath.Join(os.TempDir(), "fayi", "pdf"), Fonts: pdf.SystemFonts()}),
		Text: func(lang string, called func(string) (string, bool)) room.Words {
			return texts.In(lang).Calling(called)
		},
		Random: rand.Reader, Now: now, Hosts: hosts, Prefix: path, Beat: 200 * time.Millisecond,
		Board: o.Live().Board, Subscribe: o.Subscribe,
	})
}

// Open opens the room on l until the test ends.
func (h *House) Open(t testing.TB, l net.Listener) {
	t.Helper()
	var err error
	h.Room, err = newRoom(t.Context(), h.Office, h.now, h.path, l.Addr().String())
	must(t, err)
	h.Room.Names = h.names
	h.At = "http://" + l.Addr().String() + h.path
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- h.Room.Serve(ctx, l) }()
	t.Cleanup(func() {
		end()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// Address is what a judge's QR code says.
func (h *House) Address(j judging.JudgeID) string { return h.At + "/#" + h.Tokens[j] }

// Screen is the address of the big screen.
func (h *House) Screen(t testing.TB) string {
	t.Helper()
	token, err := h.Office.Passes().ScreenPass(t.Context(), false)
	must(t, err)
	return h.At + "/screen#" + token
}

// source writes a table of works with their files and returns its folder.
func source(t testing.TB, c Contest) string {
	t.Helper()
	dir := t.TempDir()
	rows := []string{"作品名称,类别,组别,作者,单位,指导教师,联系电话"}
	kinds := []string{"书法", "绘画", "征文"}
	if c.Media {
		kinds = []string{"书法", "绘画", "征文", "歌曲", "微视频"}
	}
	if c.Stage != nil {
		kinds = []string{"歌曲"}
	}
	if c.Large {
		kinds = []string{"书法"}
	}
	for i := range c.Works {
		title, kind := fmt.Sprintf("法治之光%d号", i+1), kinds[i%len(kinds)]
		rows = append(rows, fmt.Sprintf("%s,%s,小学组,甲某%d,示例第%d小学,乙老师%d,1380000%04d", title, kind, i+1, i%5+1,
			i, i))
		for name, data := range filesOf(t, c, kind, i) {
			must(t, os.WriteFile(filepath.Join(dir, title+name), data, 0o600))
		}
	}
	must(t, os.WriteFile(filepath.Join(dir, "作品.csv"), []byte(strings.Join(rows, "\n")), 0o600))
	return dir
}

// made are files that were made for an earlier contest of the same tests: drawing them takes longer than the contest.
var made sync.Map

// filesOf are the files of work i, made once.
func filesOf(t testing.TB, c Contest, kind string, i int) map[string][]byte {
	t.Helper()
	key := fmt.Sprint(c.Media, c.Large, kind, i)
	if all, ok := made.Load(key); ok {
		return all.(map[string][]byte)
	}
	all := files(t, c.Media, kind, i)
	if c.Large {
		all = map[string][]byte{"-1.jpg": mediatest.Encoded(t, "jpeg", drawing(3000, 4000, i))}
	}
	made.Store(key, all)
	return all
}

// files are the files of work i by the ends of their names.
func files(t testing.TB, media bool, kind string, i int) map[string][]byte {
	t.Helper()
	text := []byte(strings.Repeat("法者，治之端也。君子者，法之原也。\n", 30+i))
	if !media {
		return map[string][]byte{"-1.txt": text[:48]}
	}
	switch kind {
	case "书法":
		long := 2000
		if i == 0 {
			long = 4000 // as phones take them
		}
		return map[string][]byte{"-1.jpg": mediatest.Encoded(t, "jpeg", drawing(long*3/4, long, i)),
			"-2.jpg": mediatest.Encoded(t, "jpeg", drawing(1200, 900, i+7))}
	case "绘画":
		return map[string][]byte{"-1.png": mediatest.Encoded(t, "png", drawing(1600, 1200, i))}
	case "歌曲":
		return map[string][]byte{"-1.mp3": mediatest.Read(t, mediatest.FFmpeg(t, "a.mp3", "-f", "lavfi", "-i",
			fmt.Sprintf("sine=frequency=%d:duration=20", 300+i)))}
	case "微视频":
		return map[string][]byte{"-1.mp4": mediatest.Read(t, mediatest.FFmpeg(t, "a.mp4", "-f", "lavfi", "-i",
			fmt.Sprintf("testsrc=duration=6:size=640x360:rate=%d", 10+i%5), "-pix_fmt", "yuv420p", "-movflags",
			"+faststart"))}
	}
	return map[string][]byte{"-1.txt": text}
}

// drawing is a picture that differs from every other, with something to see.
func drawing(w, h, i int) image.Image {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	paper := color.RGBA{250, 246, uint8(225 + i%20), 255}
	for y := range h {
		for x := range w {
			c := paper
			dx, dy := x-w/2, y-h/2
			if r := dx*dx/(1+i%3) + dy*dy; r/(w*h/60+1)%4 == i%4 || (x/40+y/60+i)%17 == 0 {
				c = color.RGBA{uint8(30 + i*11%60), 28, 26, 255}
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
