//! Ways to break a funnel down into stages. The rates and days are a place to start from, not benchmarks: published ones
//! differ threefold because the definitions do.

use crate::plan::Owner;
use crate::plan::Owner::{Marketing, Sales, SalesDevelopment};
use crate::units::{Days, Rate};

/// A funnel to start from.
#[derive(Debug, PartialEq, Eq)]
pub struct Template {
    /// What the way of selling is called.
    pub name: &'static str,
    /// From first touch to won.
    pub stages: &'static [TemplateStage],
    /// The position of the stage whose volume the answer leads with.
    pub headline: usize,
}

/// One stage of a template, with the step to the next; the last one's step is not used.
#[derive(Debug, PartialEq, Eq)]
pub struct TemplateStage {
    /// What one is called.
    pub singular: &'static str,
    /// What many are called.
    pub plural: &'static str,
    /// Whose number it is.
    pub owner: Owner,
    /// When something counts as one.
    pub definition: &'static str,
    /// The share that gets to the next stage.
    pub rate: Rate,
    /// How long that takes.
    pub days: Days,
}

/// Every template, in the order in which they are offered.
pub const ALL: [&Template; 6] = [&SALES_LED, &DEMAND_WATERFALL, &PRODUCT_LED, &ACCOUNT_BASED, &OUTBOUND, &E_COMMERCE];

/// Visitor, Lead, MQL, SQL, Opportunity, Won.
pub const SALES_LED: Template = Template {
    name: "Sales-led",
    stages: &[
        stage("Visitor", "Visitors", Marketing, "Came to the site in the period.", 20_000, 14),
        stage("Lead", "Leads", Marketing, "Left a name and a way to be reached.", 300_000, 21),
        stage("MQL", "MQLs", Marketing, "Fits the profile and showed intent: marketing qualified.", 400_000, 10),
        stage(
            "SQL",
            "SQLs",
            SalesDevelopment,
            "Spoken to, with a need and a person who decides: sales qualified.",
            400_000,
            18,
        ),
        stage(
            "Opportunity",
            "Opportunities",
            Sales,
            "An amount, a date and a next step agreed with the buyer.",
            200_000,
            55,
        ),
        WON,
    ],
    headline: 1,
};

/// The demand waterfall with sales accepted leads.
pub const DEMAND_WATERFALL: Template = Template {
    name: "Demand waterfall",
    stages: &[
        stage("Inquiry", "Inquiries", Marketing, "Answered an offer or asked for something.", 250_000, 14),
        stage("MQL", "MQLs", Marketing, "Fits the profile and showed intent: marketing qualified.", 500_000, 3),
        stage(
            "SAL",
            "SALs",
            SalesDevelopment,
            "Taken on by sales within the agreed time: sales accepted.",
            600_000,
            14,
        ),
        stage("SQL", "SQLs", Sales, "Became an opportunity: sales qualified.", 250_000, 70),
        WON,
    ],
    headline: 0,
};

/// Sign-up and trial before anybody talks to anybody.
pub const PRODUCT_LED: Template = Template {
    name: "Product-led",
    stages: &[
        stage("Visitor", "Visitors", Marketing, "Came to the site in the period.", 40_000, 1),
        stage("Sign-up", "Sign-ups", Marketing, "Made an account.", 350_000, 3),
        stage("Activated trial", "Activated trials", Marketing, "Did what the product is for, once.", 300_000, 11),
        stage("PQL", "PQLs", SalesDevelopment, "Uses it like those who pay: product qualified.", 300_000, 14),
        WON,
    ],
    headline: 1,
};

/// Accounts that were chosen, not leads that came.
pub const ACCOUNT_BASED: Template = Template {
    name: "Account-based",
    stages: &[
        stage("Target account", "Target accounts", Marketing, "On the list that both teams chose.", 450_000, 45),
        stage("Engaged account", "Engaged accounts", Marketing, "Several people of the account answered.", 350_000, 30),
        stage(
            "Qualified account",
            "Qualified accounts",
            SalesDevelopment,
            "A buying group is known and met.",
            400_000,
            30,
        ),
        stage(
            "Opportunity",
            "Opportunities",
            Sales,
            "An amount, a date and a next step agreed with the buyer.",
            250_000,
            120,
        ),
        WON,
    ],
    headline: 1,
};

/// Contacts that somebody calls.
pub const OUTBOUND: Template = Template {
    name: "Outbound",
    stages: &[
        stage("Contact", "Contacts", SalesDevelopment, "On the list, with a valid way to be reached.", 80_000, 14),
        stage("Conversation", "Conversations", SalesDevelopment, "Answered, and talked.", 250_000, 7),
        stage("Meeting", "Meetings", SalesDevelopment, "Held, not only booked.", 500_000, 10),
        stage(
            "Opportunity",
            "Opportunities",
            Sales,
            "An amount, a date and a next step agreed with the buyer.",
            200_000,
            60,
        ),
        WON,
    ],
    headline: 0,
};

/// A shop.
pub const E_COMMERCE: Template = Template {
    name: "E-commerce",
    stages: &[
        stage("Visitor", "Visitors", Marketing, "Came to the shop in the period.", 350_000, 0),
        stage("Product view", "Product views", Marketing, "Looked at a product.", 200_000, 0),
        stage("Cart", "Carts", Marketing, "Put something into the cart.", 500_000, 1),
        stage("Checkout", "Checkouts", Sales, "Began to pay.", 600_000, 0),
        stage("Order", "Orders", Sales, "Paid.", 1_000_000, 0),
    ],
    headline: 0,
};

const WON: TemplateStage = stage("Won", "Won", Sales, "Signed.", 1_000_000, 0);

const fn stage(
    singular: &'static str,
    plural: &'static str,
    owner: Owner,
    definition: &'static str,
    millionths: u32,
    days: u16,
) -> TemplateStage {
    let (Some(rate), Some(days)) = (Rate::from_millionths(millionths), Days::new(days)) else {
        // Evaluated when the program is built: a wrong figure above does not compile.
        #[expect(clippy::panic, reason = "at compile time")]
        {
            panic!("a rate above one or a step that is too long")
        }
    };
    TemplateStage { singular, plural, owner, definition, rate, days }
}
