package sharing_test

import (
	"path/filepath"
	"strings"
	"testing"

	"fayi/judging/sharing"
)

// TestWhatIsFilledInIsAnAddressThatIsRead: also with signs that addresses use themselves, and no password is shown.
func TestWhatIsFilledInIsAnAddressThatIsRead(t *testing.T) {
	for _, w := range []sharing.Where{
		{Kind: sharing.Etcd, Hosts: "192.0.2.5:2379,192.0.2.6:2379"},
		{Kind: sharing.Etcd, Hosts: "192.0.2.5:2379", User: "甲 @/:", Password: "ge:h/e@im?&#%"},
		{Kind: sharing.Postgres, Hosts: "192.0.2.5:5432", Database: "fayi", User: "甲 @/:", Password: "ge:h/e@im?&#%"},
		{Kind: sharing.Postgres, Hosts: "192.0.2.5", Database: "市 局/评审", User: "u"},
	} {
		log, address, err := sharing.Start(t.Context(), t.TempDir(), w.Address(), strings.NewReader("12345678"))
		if err != nil {
			t.Errorf("%+v: %s: %v", w, w.Address(), err)
			continue
		}
		if err := log.Close(); err != nil {
			t.Error(err)
		}
		if shown := sharing.Shown(address); strings.Contains(shown, "im") || !strings.Contains(shown, "192.0.2.5") {
			t.Errorf("%s is shown as %s", address, shown)
		}
	}
	ca := filepath.Join(t.TempDir(), "none & gone.pem")
	for _, kind := range []string{sharing.Etcd, sharing.Postgres} {
		w := sharing.Where{Kind: kind, Hosts: "192.0.2.5:1", Database: "d", CA: ca}
		if !strings.Contains(w.Address(), "none+%26+gone.pem") {
			t.Errorf("%s names no file", w.Address())
		}
	}
}
