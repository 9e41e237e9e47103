package store_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"fayi/judging/store"
)

// BenchmarkStoringFiles puts 40 files of 8 MB, as photographs and sounds are, into the folder of media, which
// hashes, writes and syncs each, compared with `sha256sum` and `cp` one after the other on the same files in the
// same run, with and without `sync` at the end.
func BenchmarkStoringFiles(b *testing.B) {
	const files, size = 40, 8 << 20
	dir := b.TempDir()
	names := make([]string, files)
	chance := rand.NewChaCha8([32]byte{1})
	for i := range names {
		data := make([]byte, size)
		_, _ = chance.Read(data)
		names[i] = filepath.Join(dir, fmt.Sprintf("%02d.bin", i))
		if err := os.WriteFile(names[i], data, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		blobs, err := store.OpenBlobs(b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		for _, name := range names {
			f, err := os.Open(name)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := blobs.Put(b.Context(), f); err != nil {
				b.Fatal(err)
			}
			f.Close()
		}
		ours := time.Since(start)
		blobs.Close()
		b.ReportMetric(float64(files*size)/1e6/ours.Seconds(), "ours-MB/s")
		plain := tools(b, names, b.TempDir())
		synced := plain + timed(b, "sync", dir)
		b.ReportMetric(float64(files*size)/1e6/plain.Seconds(), "sha256sum+cp-MB/s")
		b.ReportMetric(plain.Seconds()/ours.Seconds(), "ours/sha256sum+cp")
		b.ReportMetric(synced.Seconds()/ours.Seconds(), "ours/sha256sum+cp+sync")
	}
}

// tools hashes and copies the files with the system's own programs.
func tools(b *testing.B, names []string, to string) time.Duration {
	b.Helper()
	if _, err := exec.LookPath("sha256sum"); err != nil {
		b.Skip("sha256sum is not installed")
	}
	return timed(b, "sha256sum", names...) + timed(b, "cp", append(names, to)...)
}

func timed(b *testing.B, program string, args ...string) time.Duration {
	b.Helper()
	start := time.Now()
	if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		b.Fatalf("%s: %v %s", program, err, out)
	}
	return time.Since(start)
}
