package office_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/diploma"
	"fayi/judging/office"
	"fayi/judging/office/intake"
	"fayi/judging/office/packets"
	"fayi/judging/office/report"
	"fayi/judging/office/review"
)

// paperSets are the operations that write files under names of their own, each into a folder. Those that make their
// folder new refuse one that holds anything (TestAFolderForPapersIsNew).
var paperSets = map[string]struct {
	contest func(t *testing.T) *office.Office
	write   func(ctx context.Context, t *testing.T, o *office.Office, dir string) error
	dated   bool // the files say when they were made, so that they differ each time
	sealed  bool // they hold nothing that the contest has not, and are not kept
}{
	"score sheets": {func(t *testing.T) *office.Office { return published(t, 6) },
		func(ctx context.Context, t *testing.T, o *office.Office, dir string) error {
			return reads(o.Scoring().WriteScoreSheets(ctx, dir, "", words(t)))
		}, false, false},
	"returns": {returning, func(ctx context.Context, t *testing.T, o *office.Office, dir string) error {
		return reads(o.Review().ReportReturns(ctx, dir, review.ReturnsRequest{}, words(t)))
	}, false, false},
	"certificates": {func(t *testing.T) *office.Office { return rewarded(t, 15) },
		func(ctx context.Context, t *testing.T, o *office.Office, dir string) error {
			return reads(o.Report().PrintCertificates(ctx, report.CertificateRequest{Out: dir, Each: true}, words(t)))
		}, true, false},
	"a list next to certificates": {func(t *testing.T) *office.Office { return rewarded(t, 15) },
		func(ctx context.Context, t *testing.T, o *office.Office, dir string) error {
			must(t, os.MkdirAll(dir, 0o755))
			return reads(o.Report().PrintCertificates(ctx, report.CertificateRequest{
				Out: filepath.Join(t.TempDir(), "证书.pdf"), List: filepath.Join(dir, "证书.xlsx"),
			}, words(t)))
		}, true, false},
	"packets": {func(t *testing.T) *office.Office { return published(t, 6) },
		func(ctx context.Context, t *testing.T, o *office.Office, dir string) error {
			return reads(o.Packets().SealPackets(
				ctx, dir, packets.SealOptions{Passphrase: phrase}, diploma.Words(words(t)), nil,
			))
		}, true, true},
}

func returning(t *testing.T) *office.Office {
	o := newOffice(t)
	importAll(t, o, intake.ImportRequest{Sources: []string{table(t, "甲.xlsx", header,
		[]any{"甲篇", "征文", "", "张一", "一中", "", ""})}})
	must(t, reviewAs(t, o, "w000001", judging.Returned, "第三张照片"))
	return o
}

// filesIn reads all files below dir.
func filesIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		out[path] = string(data)
		return err
	}))
	return out
}

// TestNoPaperTakesThePlaceOfAnotherUnasked writes every set of papers into a folder where one of its files was changed,
// as a judge changes a score sheet by filling it in.
func TestNoPaperTakesThePlaceOfAnotherUnasked(t *testing.T) {
	for name, s := range paperSets {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, dir := s.contest(t), filepath.Join(t.TempDir(), "出")
			must(t, s.write(t.Context(), t, o, dir))
			made := filesIn(t, dir)
			if len(made) == 0 {
				t.Fatal("nothing was written")
			}
			again := s.write(t.Context(), t, o, dir)
			if (again != nil) != s.dated {
				t.Fatalf("the same once more: %v", again)
			}
			changed := ""
			for path, text := range made {
				changed = max(changed, path)
				if now := filesIn(t, dir)[path]; now != text {
					t.Errorf("%s was written again and is another", filepath.Base(path))
				}
			}
			filled := made[changed] + "评委填的"
			must(t, os.WriteFile(changed, []byte(filled), 0o644))
			before := filesIn(t, dir)
			err := s.write(t.Context(), t, o, dir)
			var doubt interface {
				Over(ctx context.Context) (context.Context, bool)
			}
			if judging.CodeOf(err) != judging.Clash || !errors.As(err, &doubt) {
				t.Fatalf("%s: %v", filepath.Base(changed), err)
			}
			for path, text := range before {
				if now := filesIn(t, dir)[path]; now != text {
					t.Errorf("%s was lost", filepath.Base(path))
				}
			}
			over, may := doubt.Over(t.Context())
			if !may {
				t.Fatal("nobody may say yes")
			}
			must(t, s.write(over, t, o, dir))
			must(t, s.write(office.Replacing(t.Context()), t, o, dir))
			after := filesIn(t, dir)
			if after[changed] == filled || !s.dated && after[changed] != made[changed] {
				t.Error("it was not written over after the yes")
			}
			kept := false
			for path, text := range after {
				kept = kept || path != changed && text == filled
			}
			if !kept && !s.sealed {
				t.Error("what was filled in is gone")
			}
		})
	}
}
