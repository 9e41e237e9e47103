package sets_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging"
	"fayi/judging/office/internal/sets"
)

// papers writes one file for each name, with what the name stands for.
func papers(ctx context.Context, dir string, files map[string]string) error {
	return sets.Write(ctx, dir, func(put sets.Put) error {
		for name, text := range files {
			err := put(name, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s: %q, %v, want %q", filepath.Base(path), got, err, want)
	}
}

func TestWhatDiffersIsShownBeforeItIsWrittenOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "评分表")
	one, two := filepath.Join(dir, "张三.xlsx"), filepath.Join(dir, "李四.xlsx")
	empty := map[string]string{"张三.xlsx": "空", "李四.xlsx": "空"}
	for range 2 { // the same again is no overwriting
		if err := papers(t.Context(), dir, empty); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(one, []byte("张三填好的"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := papers(t.Context(), dir, map[string]string{"张三.xlsx": "空", "李四.xlsx": "空", "王五.xlsx": "空"})
	var taken *sets.TakenError
	if !errors.As(err, &taken) || judging.CodeOf(err) != judging.Clash ||
		!strings.Contains(err.Error(), "Names=张三.xlsx") {
		t.Fatalf("%v", err)
	}
	holds(t, one, "张三填好的")
	if list, _ := os.ReadDir(dir); len(list) != 2 {
		t.Errorf("a part was written: %v", list)
	}

	over, may := taken.Over(t.Context())
	if !may {
		t.Fatal("nobody may say yes")
	}
	if err := os.WriteFile(two, []byte("李四刚填好的"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := papers(over, dir, empty); !errors.As(err, &taken) || !strings.Contains(err.Error(), "Names=李四.xlsx") {
		t.Fatalf("a yes to one file is none to another: %v", err)
	}
	holds(t, one, "张三填好的")
	over, _ = taken.Over(over)
	if err := papers(over, dir, empty); err != nil {
		t.Fatal(err)
	}
	holds(t, one, "空")
	holds(t, filepath.Join(dir, sets.Aside, "张三.xlsx"), "张三填好的")
	holds(t, filepath.Join(dir, sets.Aside, "李四.xlsx"), "李四刚填好的")
}

func TestWhatIsKeptAsideIsNeverWrittenOver(t *testing.T) {
	dir := t.TempDir()
	all := sets.Replacing(t.Context())
	for _, filled := range []string{"一", "二", "二", "三"} {
		if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte(filled), 0o644); err != nil {
			t.Fatal(err)
		}
		err := sets.File(all, filepath.Join(dir, "a.txt"), func(w io.Writer) error {
			_, err := io.WriteString(w, "空")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	holds(t, filepath.Join(dir, "a.txt"), "空")
	for name, want := range map[string]string{"a.txt": "一", "a (2).txt": "二", "a (3).txt": "三"} {
		holds(t, filepath.Join(dir, sets.Aside, name), want)
	}
	if list, _ := os.ReadDir(filepath.Join(dir, sets.Aside)); len(list) != 3 {
		t.Errorf("%v", list)
	}
}

// TestFilesOfAnySizeAreCompared looks at lengths around the pieces in which files are compared.
func TestFilesOfAnySizeAreCompared(t *testing.T) {
	dir := t.TempDir()
	const piece = 1 << 16
	for _, n := range []int{0, 1, piece - 1, piece, piece + 1, 2 * piece} {
		text := strings.Repeat("a", n)
		for there, same := range map[string]bool{
			text: true, text + "b": false, strings.Repeat("a", max(0, n-1)) + "b": false,
		} {
			if err := os.WriteFile(filepath.Join(dir, "a"), []byte(there), 0o644); err != nil {
				t.Fatal(err)
			}
			err := papers(t.Context(), dir, map[string]string{"a": text})
			if (err == nil) != same {
				t.Errorf("%d bytes over %d: %v", n, len(there), err)
			}
			holds(t, filepath.Join(dir, "a"), there)
		}
	}
}

func TestAFileNextToAnotherMakesNoFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "没有")
	err := sets.File(t.Context(), filepath.Join(dir, "a"), func(io.Writer) error { return nil })
	if _, there := os.Stat(dir); err == nil || there == nil {
		t.Errorf("%v, %v", err, there)
	}
}

func TestAnythingThereIsInTheWayOfWhatIsNeverTheSame(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "张三.fayipacket")
	if err := sets.Free(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var taken *sets.TakenError
	if err := sets.Free(t.Context(), path); !errors.As(err, &taken) {
		t.Fatal(err)
	}
	over, _ := taken.Over(t.Context())
	if err := errors.Join(sets.Free(over, path), sets.Free(sets.Replacing(t.Context()), path)); err != nil {
		t.Error(err)
	}
}
