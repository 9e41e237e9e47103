package filelock_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"fayi/internal/filelock"
)

func TestOneHasTheFileAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := filelock.Try(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := filelock.Try(path); !errors.Is(err, filelock.ErrHeld) {
		t.Error("two have it:", err)
	}
	if _, err := filelock.Wait(path, 30*time.Millisecond); !errors.Is(err, filelock.ErrHeld) {
		t.Error("waiting took it from who has it:", err)
	}
	go func() {
		time.Sleep(50 * time.Millisecond)
		first.Close()
	}()
	second, err := filelock.Wait(path, 10*time.Second)
	if err != nil {
		t.Fatal("nobody has it:", err)
	}
	second.Close()
	_, err = filelock.Try(filepath.Join(t.TempDir(), "no", "lock"))
	if err == nil || errors.Is(err, filelock.ErrHeld) {
		t.Error("in a folder that is not there:", err)
	}
}

// TestAKilledProgramHoldsNothing has another process take the lock, then kills it.
func TestAKilledProgramHoldsNothing(t *testing.T) {
	const variable = "FILELOCK_TEST"
	if path := os.Getenv(variable); path != "" {
		if _, err := filelock.Try(path); err == nil {
			os.Stdout.WriteString("have\n")
			time.Sleep(time.Minute)
		}
		return
	}
	path := filepath.Join(t.TempDir(), "lock")
	other := exec.Command(os.Args[0], "-test.run=^TestAKilledProgramHoldsNothing$")
	other.Env = append(os.Environ(), variable+"="+path)
	says, err := other.StdoutPipe()
	if err == nil {
		err = other.Start()
	}
	if err == nil {
		_, err = says.Read(make([]byte, 4))
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := filelock.Try(path); !errors.Is(err, filelock.ErrHeld) {
		t.Error("another process has it, and so have we:", err)
	}
	other.Process.Kill()
	other.Wait()
	f, err := filelock.Wait(path, 10*time.Second)
	if err != nil {
		t.Fatal("a killed program holds it:", err)
	}
	f.Close()
}
