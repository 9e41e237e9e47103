package regular_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// elsewhere are the files that open something without this package, and why they may.
var elsewhere = []string{
	"internal/atomicfile/atomicfile.go", // a folder, to be synced
	"internal/atomicfile/folder.go",     // folders and files that it made
	"internal/regular/regular.go",
	"judging/media/mediatest/ffmpeg.go",    // a test's
	"judging/store/bolt/bolt.go",           // looked at before
	"internal/filelock/filelock_unix.go",   // never read
	"judging/packet/book.go",               // looked at before
	"app/organizer/page/outside.go",        // O_EXCL: it is not there
	"app/judge/viewer/outside.go",          // O_EXCL: it is not there
	"judging/store/depot/queue.go",         // O_EXCL: it is not there
	"judging/office/sending/deliveries.go", // O_EXCL: it is not there
	"judging/sending/shelf.go",             // O_EXCL: it is not there
	"judging/sending/half.go",              // never read, and made in a folder of its own
}

// TestNothingOpensAFileByItself holds that whatever opens a file comes through this package.
func TestNothingOpensAFileByItself(t *testing.T) {
	opens := regexp.MustCompile(`\bos\.(Open|OpenFile|ReadFile|OpenInRoot)\(|\b(zip|sql)\.OpenReader\(`)
	root, seen := filepath.Join("..", ".."), 0
	for _, tree := range []string{"app", "cmd", "internal", "judging"} {
		err := filepath.WalkDir(filepath.Join(root, tree), func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			source, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			seen++
			name, _ := filepath.Rel(root, path)
			if found := opens.Find(source); found != nil && !slices.Contains(elsewhere, filepath.ToSlash(name)) {
				t.Errorf("%s: %s", name, found)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if seen < 500 {
		t.Errorf("only %d files were looked at", seen)
	}
}
