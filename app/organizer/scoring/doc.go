// Package scoring holds the pages while judges score: progress, packets for judges at home, sheets typed in a
// second time, and scores that differ between the contest and a packet.
package scoring
