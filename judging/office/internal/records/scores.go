package records

import (
	"errors"

	"fayi/judging"
	"fayi/judging/store"
)

func LoadScore(tx store.Tx, round judging.Round, work judging.WorkID, judge judging.JudgeID) (judging.Score, error) {
	s := judging.Score{Round: round, Work: work, Judge: judge}
	kept, err := Scores.Get(tx, ScoreID(&s))
	if errors.Is(err, judging.ErrNotFound) {
		return s, nil
	}
	return kept, err
}

func LoadSeat(tx store.Tx, round judging.Round, judge judging.JudgeID) (Seat, error) {
	s, err := Seats.Get(tx, SeatID(round, judge))
	if errors.Is(err, judging.ErrNotFound) {
		return Seat{Round: round, Judge: judge}, nil
	}
	return s, err
}

func EachScore(tx store.Tx, round judging.Round, fn func(judging.Score) error) error {
	return Scores.EachPrefix(tx, judging.Serial("r", 2, int(round))+"/", fn)
}
