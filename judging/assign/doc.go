// Package assign decides which judge scores which work, and proves how good the plan is. It is pure: the same problem and seed give the same plan. It knows
// indices only, no names, no files, no clock.
//
// # What a plan is for
//
// Judges differ in severity, and a work meets only k of them. Scores can be put right afterwards only as far as judges are compared with each other, which they
// are through the works they share. So the plan decides how fair a ranking can be, before anyone has scored. The aims, each before all that follow:
//
//  1. every work gets the judges it needs; conflicts, expertise, units, seniors and load limits hold; fixed pairs stay;
//  2. loads are as equal as the limits let them be: Σ load² is least. [Adjust] then moves as few pairs as can be, and [Prefer] seats as few strangers;
//  3. the judges of each category are connected through its works, and where that can't be, through all works;
//  4. Σλ² − wishes is least, λ being the works that two judges share: everyone meets everyone equally often;
//  5. of plans equal so far: every judge gets a like share of each category, and where works are few the A-efficiency is high. Chance, from the seed, decides the
//     rest.
//
// # What is measured
//
// With y = quality + severity + noise, the severities follow from the Laplacian C = R − N K⁻¹ Nᵀ (R loads, K scores of each work, N who scores what). The variance
// of the difference of two judges averages 2σ²/H, H the harmonic mean of the non-zero eigenvalues of C, and H ≤ μ* = Σ(k−1)/(J−1), reached by balanced incomplete
// block designs only. So A-efficiency = H/μ* and E-efficiency = λ₂/μ*: .9 means that a tenth of the comparing work is lost; below it [Proof] warns. With T meetings
// on P pairs of judges, f = ⌊T/P⌋ and R = T − fP: Σλ² ≥ (P−R)f² + R(f+1)². Where expertise, units or limits shape who can meet, a Lagrangian dual over classes of
// like judges gives a sharper bound; [Proof.Bound] is the greater.
//
// # How it is done
//
//  1. Where a pool of judges is limited by nothing but conflicts: a cyclic design. Judges stand on a wheel, base blocks are turned through all places, and Σλ² is a
//     sum over the differences within the blocks, small enough for a search to meet the bound. Conflicts are met by letting panels change places.
//  2. Elsewhere greedily: the works with fewest possible judges first, the judge with least k·load + (J/k)·Σλ − wish.
//  3. Augmenting chains fill what is empty: a chain ends at a judge with room, or there is none and the judges reached are the minimum cut. That cut is the
//     [Shortage] told to the user. So coverage is exact: whatever can be solved is solved.
//  4. Chains from high loads to low ones until none is left: then Σ load² is least (no negative cycle in a convex-cost flow). Negative cycles in pair prices are
//     cancelled in the same graph: fewest moves, fewest strangers.
//  5. Random exchanges of two judges, taken unless they make Σλ² larger, along plateaus down to the bound; then of whole panels between categories; then exchanges
//     that join groups; then those that lower the trace of the inverse Laplacian.
//
// Units alone and seniors alone keep the rules of a work a matroid, so 3 is exact with either. With both it is as hard as satisfiability: then a search follows,
// and if it fails the cause is [Clash], which proves nothing.
//
// # Edge cases
//
// No works: an empty plan. No judges, or more needed than a work can have: [Infeasible] with cause [TooFewJudges]. A limit of 0 is no limit; who shall take nothing
// is Closed. Repeated conflicts and fixed pairs count once. A fixed pair stays against conflict, expertise, unit and limit, with a warning; more fixed pairs than
// needed all stay. A least load out of reach is infeasible too ([TooFewWorks]). One score a work compares nobody: the plan comes with warning assign.torn. Groups
// that the data force apart are a warning; groups that seem avoidable come as [Disconnected] beside the complete plan.
//
// # Cost
//
// The table of λ takes 4 J² bytes and the proof J³ steps: 1,000 judges need 4 MB and .2 s. 3,000 works × 125 judges × 5 take 10 ms, 100,000 × 1,000 × 5 about one second.
//
// Sources: R. C. Bose, On the construction of balanced incomplete block designs (1939), for cyclic designs; J. A. John and E. R. Williams, Cyclic and Computer
// Generated Designs (1995), for efficiency; P. Hall (1935) for shortages; M. Klein (1967) for negative cycles; B. T. Polyak (1969) for the dual's steps.
package assign
