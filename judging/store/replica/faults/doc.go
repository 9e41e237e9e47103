// Package faults holds no code: its tests break what a shared contest stands on, in long runs, and look whether
// anything that was acknowledged is lost. make faults runs them whole.
package faults
