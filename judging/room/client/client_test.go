package client_test

import (
	"crypto/rand"
	"net"
	"net/http"
	"testing"
	"time"

	"fayi/judging"
	"fayi/judging/judgetest"
	"fayi/judging/room/client"
	"fayi/judging/room/roomtest"
)

// open opens a room over a new contest on a port of this machine and returns the first judge's desk over it.
func open(t *testing.T, pin string) judging.Ballots {
	_, c := house(t, pin)
	return c
}

// house is open with the contest behind it.
func house(t *testing.T, pin string) (*roomtest.House, judging.Ballots) {
	t.Helper()
	h := roomtest.NewContest(t, roomtest.Contest{Works: 12, Judges: 6, PIN: pin})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.Open(t, l)
	c, err := client.Open(&http.Client{Timeout: 30 * time.Second}, h.Address("j001"), "", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return h, c
}

func TestTheRoomKeepsTheContractOfBallots(t *testing.T) {
	judgetest.BallotsSuite(t, func(t *testing.T) judging.Ballots { return open(t, "") })
}

func TestTheRoomWithAPINKeepsTheContractToo(t *testing.T) {
	if testing.Short() {
		t.Skip("each hand-in proves the PIN, which is slow on purpose; the page hands in with one in the short form")
	}
	judgetest.SecretBallotsSuite(t, "2048", func(t *testing.T) judging.Ballots { return open(t, "2048") })
}

func TestTheRoomKeepsNoScoreBeforeThePledge(t *testing.T) {
	judgetest.PledgedBallotsSuite(t, func(t *testing.T) judging.Ballots {
		h, c := house(t, "")
		r, err := h.Office.Rules(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r.Pledge = "公正评审"
		if _, err := h.Office.RuleBook().SaveRules(t.Context(), r, true); err != nil {
			t.Fatal(err)
		}
		return c
	})
}
