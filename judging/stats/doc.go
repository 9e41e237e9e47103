// Package stats turns scores into quality, severity, agreement and uncertainty: pure numbers, no clock, no chance, no files.
package stats
