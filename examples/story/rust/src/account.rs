//! What the story prints: the same lines in every language.

use staffgate::pricing::estimate::Estimate;
use staffgate::shifts::views::ClientShiftView;

/// A heading for what happens next.
pub fn chapter(title: &str) {
    println!("\n{title}\n{}", "-".repeat(title.chars().count()));
}

/// Who does what, and what came of it.
pub fn says(who: &str, what: &str) {
    println!("  {who:<10} {what}");
}

/// An estimate line by line.
pub fn estimate(estimate: &Estimate) {
    let Estimate::Priced(price) = estimate else {
        println!("             unpriced");
        return;
    };
    println!("             {:<16}{:>6}{:>10}{:>10}{:>12}", "what", "heads", "minutes", "per hour", "amount");
    for line in &price.lines {
        let label = line.label.as_ref().map_or(line.name.as_str(), |label| label.as_str());
        let what = format!("{label} ({})", line.role.unwrap_or_default().text());
        println!(
            "             {what:<16}{:>6}{:>10}{:>10}{:>12}",
            line.headcount,
            line.minutes.unwrap_or_default(),
            line.unit_price.to_string(),
            line.amount.to_string()
        );
    }
    for (name, amount) in [("net", price.net), ("VAT", price.vat_total), ("total", price.total)] {
        println!("             {:<42}{:>12}", format!("{name} {}", price.currency), amount.to_string());
    }
}

/// A shift as Anna sees it.
pub fn shift(shift: &ClientShiftView) {
    let text = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let status = text(serde_json::to_value(shift.status).unwrap_or_default());
    let fill = text(serde_json::to_value(shift.fill).unwrap_or_default());
    says(
        "Anna",
        &format!("sees the shift from {} to {}: {status}, {fill}", shift.local_start, shift.local_end),
    );
    let progress = &shift.progress;
    let (requested, confirmed) = (progress.requested, progress.confirmed);
    println!("             requested {requested}, proposed {}, confirmed {confirmed}", progress.proposed);
    match &shift.team {
        None => println!("             the team is not shown yet"),
        Some(team) => {
            let names: Vec<&str> = team.iter().map(|member| member.name.as_str()).collect();
            println!("             team: {}", names.join(", "));
        }
    }
    if let Some(lead) = &shift.lead {
        let phone = lead.phone.as_ref().map_or("not shown", |phone| phone.as_str());
        println!("             lead: {}, phone {phone}", lead.name);
    }
}
