package office_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/office/assignment"
	"fayi/judging/office/intake"
	"fayi/judging/office/packets"
	"fayi/judging/packet"
)

func init() { roles["seal"] = measured(sealOnce) }

const (
	sealedWorks = 60
	sealedBytes = 300 << 20
)

// sealOnce plays the program that seals the packet of the only judge and ends.
func sealOnce(dir, path string) error {
	o, err := openDir(context.Background(), dir)
	if err != nil {
		return err
	}
	_, err = o.Packets().SealPacket(context.Background(), "j001", path, packets.SealOptions{
		Passphrase: phrase,
		Originals:  true,
	}, nil)
	return errors.Join(err, o.Close())
}

// heavy makes a contest of sealedWorks works with a picture of 5 MiB each and one judge, and a tar of the same
// pictures.
func heavy(b *testing.B) (dir, tar string) {
	b.Helper()
	from := b.TempDir()
	rows := []byte("作品名称,类别,作者,作品文件名\n")
	picture := noise(b)
	for i := range sealedWorks {
		name := fmt.Sprintf("%06d.jpg", i)
		note := fmt.Sprintf("\xff\xfe\x00\x08%06d", i) // a comment, so that all differ
		data := append([]byte(picture[:2]+note), picture[2:]...)
		data = append(data, make([]byte, max(0, sealedBytes/sealedWorks-len(data)))...)
		if err := os.WriteFile(filepath.Join(from, name), data, 0o644); err != nil {
			b.Fatal(err)
		}
		rows = fmt.Appendf(rows, "法治作品第%d号,摄影,甲某%d,%s\n", i, i, name)
	}
	tar = filepath.Join(b.TempDir(), "media.tar")
	if out, err := exec.Command("tar", "-cf", tar, "-C", from, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	if err := os.WriteFile(filepath.Join(from, "作品.csv"), rows, 0o644); err != nil {
		b.Fatal(err)
	}
	dir = emptyContest(b)
	o := open(b, dir)
	defer o.Close()
	r, err := o.Intake().ImportWorks(b.Context(), intake.ImportRequest{Sources: []string{from}}, nil)
	if err != nil || r.Accepted != sealedWorks {
		b.Fatal(r.RowTally, err)
	}
	if _, err := o.Assignment().AddJudge(b.Context(), judging.Judge{Name: "评委甲"}); err != nil {
		b.Fatal(err)
	}
	seed := uint64(1)
	if _, err := o.Assignment().PlanAssignment(b.Context(), assignment.PlanRequest{
		PlanOptions: judging.PlanOptions{PerWork: 1},
		Seed:        &seed,
	}, nil); err != nil {
		b.Fatal(err)
	}
	if _, err := o.Assignment().PublishPlan(b.Context(), ""); err != nil {
		b.Fatal(err)
	}
	return dir, tar
}

// noise is a picture that does not get smaller by packing.
func noise(b *testing.B) string {
	b.Helper()
	chance := rand.New(rand.NewPCG(1, 2))
	p := image.NewGray(image.Rect(0, 0, 2000, 1500))
	for i := range p.Pix {
		p.Pix[i] = byte(chance.Uint32())
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, p, &jpeg.Options{Quality: 100}); err != nil {
		b.Fatal(err)
	}
	return out.String()
}

// BenchmarkSeal300MB seals a packet of 60 works with 300 MiB of media in a program of its own, and has the age
// command seal a tar of the same files.
func BenchmarkSeal300MB(b *testing.B) {
	dir, tar := heavy(b)
	out := filepath.Join(b.TempDir(), "x"+packet.Ending)
	if err := sealOnce(dir, out); err != nil { // once before, so that copies for judges are made
		b.Fatal(err)
	}
	info, err := os.Stat(out)
	if err != nil || info.Size() < sealedBytes*9/10 {
		b.Fatal(info, err)
	}
	_, recipient, err := packet.NewReplyKey()
	if err != nil {
		b.Fatal(err)
	}
	age, missing := exec.LookPath("age")
	var ours, theirs, cpu, theirCPU time.Duration
	var peak float64
	for b.Loop() {
		start := time.Now()
		kib, spent := spend(b, "seal", dir, out)
		ours, cpu, peak = ours+time.Since(start), cpu+spent, max(peak, kib/1024)
		if missing == nil {
			start = time.Now()
			cmd := exec.Command(age, "-r", recipient, "-o", out+".age", tar)
			if told, err := cmd.CombinedOutput(); err != nil {
				b.Fatalf("%v: %s", err, told)
			}
			theirs = theirs + time.Since(start)
			theirCPU = theirCPU + cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		}
	}
	b.ReportMetric(sealedBytes/1e6*float64(b.N)/ours.Seconds(), "MB/s")
	b.ReportMetric(peak, "peak-MiB")
	if missing != nil {
		b.Log("no age command to compare with: scripts/deps bench installs it")
		return
	}
	b.ReportMetric(sealedBytes/1e6*float64(b.N)/theirs.Seconds(), "age-MB/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "x-age-speed")
	b.ReportMetric(theirCPU.Seconds()/cpu.Seconds(), "x-age-speed-cpu") // which other programs at work do not sway
}
