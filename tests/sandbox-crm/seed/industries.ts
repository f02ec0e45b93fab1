/** From the sources' categories (stock-exchange industries and map tags) to Salesforce's industry picklist. */

const EXACT: Readonly<Record<string, string>> = {
  'amenity/bank': 'Banking', 'amenity/atm': 'Banking', Banks: 'Banking', 'Thrifts & Mortgage Finance': 'Banking', 'office/mortgage': 'Banking',
  'amenity/bureau_de_change': 'Finance', 'amenity/payment_terminal': 'Finance', 'amenity/payment_centre': 'Finance',
  'amenity/money_transfer': 'Finance', 'office/financial_advisor': 'Finance', 'shop/money_lender': 'Finance', 'shop/pawnbroker': 'Finance',
  'Capital Markets': 'Finance', 'Diversified Financial Services': 'Finance', Financials: 'Finance', 'Consumer Finance': 'Finance',
  'Real Estate Management & Development': 'Finance', 'Real Estate': 'Finance', 'Equity Real Estate Investment Trusts (REITs)': 'Finance',
  Insurance: 'Insurance', 'office/insurance': 'Insurance',
  'amenity/fuel': 'Energy', 'man_made/charge_point': 'Energy', 'shop/gas': 'Energy', Energy: 'Energy', 'Oil, Gas & Consumable Fuels': 'Energy',
  'Energy Equipment & Services': 'Energy', 'Independent Power and Renewable Electricity Producers': 'Energy',
  'Electric Utilities': 'Utilities', 'Multi-Utilities': 'Utilities', 'Water Utilities': 'Utilities', 'Gas Utilities': 'Utilities', Utilities: 'Utilities',
  'amenity/fast_food': 'Food & Beverage', 'amenity/restaurant': 'Food & Beverage', 'amenity/cafe': 'Food & Beverage', 'amenity/bar': 'Food & Beverage',
  'amenity/pub': 'Food & Beverage', 'amenity/ice_cream': 'Food & Beverage', Beverages: 'Food & Beverage', 'Food Products': 'Food & Beverage',
  'Food & Staples Retailing': 'Retail', 'Specialty Retail': 'Retail', 'Internet & Direct Marketing Retail': 'Retail', Distributors: 'Retail',
  'Consumer Discretionary': 'Retail', 'Consumer Staples': 'Retail', 'Household Products': 'Manufacturing', 'Household Durables': 'Manufacturing',
  'shop/clothes': 'Apparel', 'shop/shoes': 'Apparel', 'Textiles, Apparel & Luxury Goods': 'Apparel', 'shop/fabric': 'Apparel',
  'shop/electronics': 'Electronics', 'Electronic Equipment, Instruments & Components': 'Electronics', 'shop/computer': 'Electronics',
  'Semiconductors & Semiconductor Equipment': 'Electronics', 'Electrical Equipment': 'Electronics',
  Software: 'Technology', 'Application Software': 'Technology', 'IT Services': 'Technology', 'Information Technology': 'Technology',
  'Technology Hardware, Storage & Peripherals': 'Technology', 'office/it': 'Technology', 'Interactive Media & Services': 'Media',
  Biotechnology: 'Biotechnology', Pharmaceuticals: 'Healthcare', 'amenity/pharmacy': 'Healthcare', 'Health Care': 'Healthcare',
  'Health Care Equipment & Supplies': 'Healthcare', 'Health Care Technology': 'Healthcare', 'Health Care Providers & Services': 'Healthcare',
  'amenity/dentist': 'Healthcare', 'amenity/clinic': 'Healthcare', 'emergency/ambulance_station': 'Healthcare', 'shop/optician': 'Healthcare',
  'shop/hearing_aids': 'Healthcare', 'shop/medical_supply': 'Healthcare',
  Chemicals: 'Chemicals', 'Metals & Mining': 'Manufacturing', Materials: 'Manufacturing', 'Paper & Forest Products': 'Manufacturing',
  'Auto Components': 'Manufacturing', Automobiles: 'Manufacturing', Industrials: 'Manufacturing', 'Industrial Conglomerates': 'Manufacturing',
  'Containers & Packaging': 'Manufacturing', Tobacco: 'Manufacturing', 'Aerospace & Defense': 'Engineering', Machinery: 'Machinery',
  'Construction & Engineering': 'Construction', 'Construction Materials': 'Construction', 'Building Products': 'Construction',
  'Diversified Telecommunication Services': 'Telecommunications', 'office/telecommunication': 'Telecommunications',
  'shop/telecommunication': 'Telecommunications', 'shop/mobile_phone': 'Telecommunications', 'Communications Equipment': 'Communications',
  'Communication Services': 'Communications', Marine: 'Shipping', 'Air Freight & Logistics': 'Shipping', 'amenity/parcel_locker': 'Shipping',
  Airlines: 'Transportation', 'Road & Rail': 'Transportation', 'Transportation Infrastructure': 'Transportation',
  'amenity/bicycle_rental': 'Transportation', 'amenity/car_rental': 'Transportation', 'amenity/parking': 'Transportation',
  'Hotels, Restaurants & Leisure': 'Hospitality', 'tourism/hotel': 'Hospitality', 'tourism/hostel': 'Hospitality',
  Media: 'Media', Entertainment: 'Entertainment', 'amenity/cinema': 'Entertainment', 'amenity/casino': 'Entertainment',
  'Professional Services': 'Consulting', 'office/consulting': 'Consulting', 'office/employment_agency': 'Consulting',
  'Commercial Services & Supplies': 'Consulting', 'Trading Companies & Distributors': 'Retail',
  'amenity/kindergarten': 'Education', 'amenity/school': 'Education', 'amenity/university': 'Education', 'amenity/prep_school': 'Education',
  'office/government': 'Government', 'amenity/recycling': 'Environmental',
  'amenity/social_facility': 'Not For Profit', 'club/scout': 'Not For Profit', 'office/association': 'Not For Profit', 'office/union': 'Not For Profit',
  'shop/charity': 'Not For Profit', 'office/political_party': 'Not For Profit', 'office/estate_agent': 'Finance', 'shop/agrarian': 'Agriculture',
};

const BY_GROUP: Readonly<Record<string, string>> = { shop: 'Retail', healthcare: 'Healthcare', leisure: 'Recreation', tourism: 'Hospitality' };

/** The industry of an account; null when the source says nothing. Categories without a counterpart become plain words. */
export function industryOf(category: string): string | null {
  const known = EXACT[category];
  if (known) return known;
  const [group = '', detail] = category.split('/');
  if (detail === undefined) return category || null;
  return BY_GROUP[group] ?? detail.replaceAll('_', ' ').replace(/\b\w/g, (letter) => letter.toUpperCase());
}
