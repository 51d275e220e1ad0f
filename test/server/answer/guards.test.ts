import { describe, expect, it } from 'vitest';
import { guard } from '../../../server/answer/guards.ts';

type Case = readonly [claim: string, ...evidence: readonly string[]];

/** Each list: what must be held back, and what restates the evidence and must not be. */
const KINDS: Readonly<Record<string, { readonly wrong: readonly Case[]; readonly right: readonly Case[] }>> =
  {
    negation: {
      wrong: [
        [
          'Visitors do not need a badge to enter the building.',
          'Visitors need a badge to enter the building.',
        ],
        [
          'Visitors need a badge to enter the building.',
          'Visitors do not need a badge to enter the building.',
        ],
        ['The backup runs without encryption.', 'The backup is encrypted and runs every night.'],
        ['Interns are eligible for stock options.', 'Interns are not eligible for stock options.'],
        ['Interns are eligible for stock options.', 'Interns are ineligible for stock options.'],
        [
          'You have to ask for approval before buying software.',
          'You don’t have to ask for approval before buying software under $50.',
        ],
        ['Keys may be copied.', 'Keys must not be copied.'],
        ['The VPN never disconnects on weekends.', 'The VPN disconnects on weekends.'],
        ['The VPN keeps working at night.', 'The VPN does not work at night.'],
        ['Expense reports are accepted after 30 days.', 'Expense reports are not accepted after 30 days.'],
        ['Anyone may use the lab alone.', 'Nobody may use the lab alone.'],
        [
          'Contractors get a laptop unless they work remotely.',
          'Contractors get a laptop if they work remotely.',
        ],
        ['Parking is free for employees.', 'Parking is not free for employees.'],
        ['The office provides no parking.', 'The office provides parking for bicycles and cars.'],
        ['Unused days do not expire.', 'Unused days expire at the end of March.'],
        ['Unused days expire at the end of March.', 'Unused days do not expire at the end of March.'],
        [
          'You can work from abroad without approval.',
          'You can work from abroad with approval of your manager.',
        ],
        ['Managers are exempt from the training.', 'Managers are not exempt from the training.'],
        ['The router cannot be reset by the user.', 'The router can be reset by the user with a pin.'],
        ['Passwords should be written down.', 'Never write down passwords.'],
        ['All rooms except the library may be booked.', 'All rooms including the library may be booked.'],
        ['The library may be booked.', 'All rooms except the library may be booked.'],
        ['Travel on weekends isn’t reimbursed.', 'Travel on weekends is reimbursed.'],
        ['Travel on weekends is paid back.', 'Travel on weekends isn’t reimbursed.'],
        ['A ticket can be closed without a note.', 'A ticket can’t be closed without a note.'],
        [
          'Tickets do not have to be assigned to a technician.',
          'Each ticket has to be assigned to a technician.',
        ],
        ['You are required to sign the form.', 'You are not required to sign the form.'],
        ['The policy applies to contractors.', 'The policy does not apply to contractors.'],
        [
          'The policy doesn’t apply to employees.',
          'The policy does not apply to contractors, only to employees.',
        ],
        ['Do not restart the server after the update.', 'Restart the server after the update.'],
        ['Restart the server after the update.', 'Do not restart the server after the update.'],
        ['Reports that are late will be accepted.', 'Late reports won’t be accepted.'],
        ['Employees lose their bonus if they leave.', 'Employees who leave do not lose their bonus.'],
        ['The test is no longer mandatory.', 'The test is mandatory.'],
        ['Neither the phone nor the laptop is insured.', 'Both the phone and the laptop are insured.'],
        ['There is no fee for the course.', 'The course has a fee of 20 dollars.'],
        ['You may take the badge home.', 'You may not take the badge home.'],
        [
          'Freelancers are paid for public holidays.',
          'Freelancers are paid for their hours, but not for public holidays.',
        ],
        [
          'Freelancers aren’t paid for their hours.',
          'Freelancers are paid for their hours, but not for public holidays.',
        ],
        ['Data is kept after you leave.', 'Data is not kept after you leave.'],
        ['You will get the money back if you cancel.', 'If you cancel, you will not get the money back.'],
      ],
      right: [
        ['Interns are ineligible for stock options.', 'Interns are not eligible for stock options.'],
        [
          'Approval is not required for software under $50.',
          'You don’t have to ask for approval before buying software under $50.',
        ],
        ['Keys can’t be copied.', 'Keys must not be copied.'],
        ['Expense reports are rejected after 30 days.', 'Expense reports are not accepted after 30 days.'],
        ['Nobody may use the lab alone.', 'Nobody may use the lab alone.'],
        [
          'Unused days are lost at the end of March.',
          'Unused days can’t be carried over past the end of March.',
        ],
        ['Passwords should not be written down.', 'Never write down passwords.'],
        ['The agent needs no inbound port to be open.', 'The agent needs no open inbound port.'],
        ['A ticket needs a note to be closed.', 'A ticket can’t be closed without a note.'],
        ['Signing the form is optional.', 'You are not required to sign the form.'],
        [
          'Only employees are covered by the policy.',
          'The policy does not apply to contractors, only to employees.',
        ],
        ['The server should be restarted after the update.', 'Restart the server after the update.'],
        ['Late reports will be refused.', 'Late reports won’t be accepted.'],
        ['The course is free.', 'There is no fee for the course.'],
        [
          'Freelancers aren’t paid for public holidays.',
          'Freelancers are paid for their hours, but not for public holidays.',
        ],
      ],
    },
    opposites: {
      wrong: [
        ['Part-time staff receive health insurance.', 'Full-time staff receive health insurance.'],
        ['The junior engineer signs off the release.', 'The senior engineer signs off the release.'],
        [
          'Send the form to the sales team after the meeting.',
          'Send the form to the sales team before the meeting.',
        ],
        ['The discount applies to new customers.', 'The discount applies to existing customers.'],
        ['The price rises with each additional seat.', 'The price falls with each additional seat.'],
        [
          'Wired connections are preferred in meeting rooms.',
          'Wireless connections are preferred in meeting rooms.',
        ],
        ['Interviews are held in the morning.', 'Interviews are held in the afternoon.'],
        ['Meals are reimbursed on domestic trips.', 'Meals are reimbursed on international trips.'],
        ['The upper floor is for quiet work.', 'The lower floor is for quiet work.'],
        [
          'The test environment holds real customer data.',
          'The production environment holds real customer data.',
        ],
        ['Weekday shifts are paid double.', 'Weekend shifts are paid double.'],
        ['Verbal warnings are kept on file.', 'Written warnings are kept on file.'],
        ['The old badge stays valid.', 'The new badge stays valid.'],
        ['Save the file before you restart.', 'Save the file after you restart.'],
        ['The trial begins in the spring.', 'The trial ends in the spring.'],
        ['The account is created by the client.', 'The account is created by the provider.'],
        ['The team grew last year.', 'The team shrank last year.'],
        [
          'Response time is measured to the fix, resolution time to the first action.',
          'Response time is measured to the first action, resolution time to the fix.',
        ],
        ['Gross salary is shown on the slip.', 'Net salary is shown on the slip.'],
        ['Outgoing mail is scanned for viruses.', 'Incoming mail is scanned for viruses.'],
        ['Hot desks are booked by phone.', 'Hot desks are booked by email.'],
        [
          'The invoice goes to the client on the first of the month.',
          'The invoice goes to the client on the last day of the month.',
        ],
        ['Kaseya sold Datto in 2022.', 'In 2022, Kaseya bought Datto.'],
        ['Employees must take their lunch at noon.', 'Employees may take their lunch at noon.'],
        ['The manager informs the employee in writing.', 'The employee informs the manager in writing.'],
        [
          'The client gives the MSP administrator accounts.',
          'The MSP gives the client administrator accounts.',
        ],
        ['Summer hours apply from May to August.', 'Summer hours apply from June to August.'],
        ['Requests take 3 to 7 days.', 'Requests take 3 to 5 days.'],
        ['Premium support costs 40 euros per month.', 'Premium support costs 40 euros per year.'],
        ['Premium support costs 40 dollars per month.', 'Premium support costs 40 euros per month.'],
        ['At least ten people must sign.', 'Up to ten people may sign.'],
        ['The door locks at 9 pm.', 'The door locks at 9 am.'],
        ['Leave is approved by Anna, equipment by Ben.', 'Leave is approved by Ben, equipment by Anna.'],
        ['Version 2.1 is supported.', 'Version 2.3 is supported.'],
        ['Email help@acme.com for access.', 'Email access@acme.com for access.'],
        [
          'The API is rate limited to 100 calls per minute.',
          'The API is rate limited to 100 calls per hour.',
        ],
        [
          'Backups are kept for 30 days on site and 90 days off site.',
          'Backups are kept for 90 days on site and 30 days off site.',
        ],
      ],
      right: [
        [
          'An organization that relies on technology but is unable or unwilling to run it alone needs an MSP.',
          'An organization needs an MSP when it depends on technology but cannot, or does not want to, run that technology alone.',
        ],
        [
          'Most MSPs target small and medium-sized businesses, or SMBs.',
          'The target market of most MSPs is small and medium-sized businesses (SMBs).',
        ],
        [
          'In the European Union, firms with under 250 employees count as small or medium-sized, as long as they stay below certain financial limits.',
          'Definitions vary by country; the European Union, for example, counts firms with fewer than 250 employees as small or medium-sized, provided they also stay under certain financial limits.',
        ],
        [
          'A monthly agreement may be too costly for very small firms.',
          'Very small firms may find a monthly agreement too expensive, while large enterprises usually have their own teams and buy only specialist services.',
        ],
        [
          'Large enterprises typically have teams of their own and only buy specialist services.',
          'Very small firms may find a monthly agreement too expensive, while large enterprises usually have their own teams and buy only specialist services.',
        ],
        [
          'Vertical MSPs focus on a single industry, for example healthcare or law.',
          'A vertical MSP concentrates on one industry, such as healthcare, law, accounting, manufacturing, or local government.',
        ],
        [
          'The disadvantage is that a downturn in that industry affects all clients at once.',
          'The drawback is concentration: a downturn in the chosen industry hits every client at the same time.',
        ],
        [
          'With in-house IT, the people are the organization’s own employees; an MSP supplies a shared team under contract.',
          "An MSP supplies a shared team under contract, whereas in-house IT consists of the organization's own employees.",
        ],
        [
          'If someone is needed on site daily, in-house IT tends to be the better choice.',
          'In-house IT tends to win when the company relies on unusual systems or needs someone on site every day.',
        ],
        [
          'Client onboarding starts when the client signs an agreement and ends once the service desk can support them normally.',
          'Client onboarding is the project that begins when a client signs an agreement and ends when the service desk can support that client normally.',
        ],
        [
          'The RMM agent is installed on every workstation and server.',
          'Deploy the RMM agent.',
          'Install it on every workstation and server, then compare the count with the contract.',
        ],
        [
          'After a month, open items are closed and the first QBR is planned.',
          'Review after one month. Close open items, correct the billed quantities, and plan the first QBR.',
        ],
        [
          'Shared passwords should all be changed on the day of the switch.',
          "Agree on a date, transfer the licenses, remove the old provider's RMM agent and accounts, and change every shared password on the day of the switch.",
        ],
        [
          'Most MSPs automate steps 2 to 5 first because they seldom vary.',
          'Steps 2 to 5 rarely vary, so they are the part that most MSPs automate first.',
        ],
        [
          'An employee who is dismissed may have to lose access during the meeting itself.',
          "Timing matters: a dismissed employee's access may have to end during the meeting itself.",
        ],
        [
          'Data is kept for as long as the client’s policy requires.',
          "keep the data for the period that the client's policy requires.",
        ],
        [
          'There are five levels on Service Leadership’s scale.',
          "Service Leadership's scale has five levels.",
        ],
        [
          'A team of 5 can be highly mature, while a firm of 200 can be chaotic.',
          'A team of five can be highly mature, and a firm of two hundred can be chaotic.',
        ],
        [
          'The OML model is known best from Service Leadership, which now belongs to ConnectWise.',
          'The OML model is best known from Service Leadership, an advisory firm for IT service companies that now belongs to ConnectWise.',
        ],
        ['New hires are eligible after three months.', 'New employees become eligible after 3 months.'],
        [
          'You need a manager’s approval to buy anything over $500.',
          'Purchases above $500 require approval from your manager.',
        ],
        [
          'Purchases over 500 dollars must be approved by your manager.',
          'Purchases above $500 require approval from your manager.',
        ],
        ['The office opens at 8 am and closes at 6 pm.', 'The office is open from 8:00 a.m. to 6:00 p.m.'],
        ['Requests are answered within one business day.', 'We respond to requests within 1 business day.'],
        ['Half of the seats are reserved for interns.', '50% of seats are reserved for interns.'],
        [
          'You can roll over up to 5 days into next year.',
          'A maximum of five days may be carried over to the next year.',
        ],
        [
          'Laptops are replaced every four years.',
          'Each laptop is replaced after 4 years of use, every four years.',
        ],
        ['The hotline is reachable around the clock.', 'The hotline can be reached around the clock, 24/7.'],
        ['Anna Berg leads the support team.', 'The support team is led by Anna Berg.'],
        ['The support team’s lead is Anna Berg.', 'Anna Berg is the lead of the support team.'],
        [
          'Datto was bought by Kaseya in 2022.',
          'In 2022, Kaseya acquired Datto, and with it Autotask PSA and Datto RMM.',
        ],
        [
          'Kaseya took over Datto in 2022.',
          '2022: Kaseya acquired Datto, and with it Autotask PSA and Datto RMM.',
        ],
        [
          'MFA (multi-factor authentication) is required for technicians.',
          'Multi-factor authentication (MFA) is required for every technician.',
        ],
        ['Technicians must use MFA.', 'Every technician must sign in with MFA.'],
        [
          'If you are sick for more than three days, you need a doctor’s note.',
          "A doctor's note is required when you are ill for over 3 days.",
        ],
        [
          'Tickets with priority 1 are answered within 30 minutes.',
          'Priority: 1 - Critical; Meaning: The whole business is stopped; Respond within: 30 minutes; Resolve or plan within: 4 hours',
        ],
        [
          'You should report phishing mails to the service desk.',
          'Report phishing emails to the service desk.',
        ],
        [
          'Phishing emails have to be reported to the service desk.',
          'Report phishing emails to the service desk.',
        ],
        ['Bonuses are paid out in March each year.', 'We pay bonuses every year in March.'],
        ['The trial takes two weeks.', 'The trial period lasts fourteen days.'],
        ['The trial takes 14 days.', 'The trial period lasts two weeks.'],
        [
          'Each technician handles about 40 tickets per week.',
          'A technician handles around 40 tickets a week.',
        ],
        ['Only managers can approve time off.', 'Time off can be approved by managers only.'],
        ['Guests must be accompanied at all times.', 'Guests must always be accompanied.'],
        ['Nobody outside HR can see salaries.', 'No one outside HR can see salaries.'],
        ['Backups run nightly.', 'A backup runs every night.'],
        ['The fee is $1.5 million.', 'The fee amounts to $1,500,000.'],
        ['One in five tickets is about passwords.', 'One in five tickets concerns passwords.'],
      ],
    },
    'swapped names': {
      wrong: [
        ['In 2013, N-able acquired SolarWinds.', '**2013:** SolarWinds acquired N-able.'],
        ['SolarWinds was acquired by N-able in 2013.', '2013: SolarWinds acquired N-able.'],
        [
          'Autotask merged Vista Equity Partners with Datto.',
          '2017: Vista Equity Partners acquired Datto and merged it with Autotask.',
        ],
        [
          'Datto acquired Vista Equity Partners in 2017.',
          '2017: Vista Equity Partners acquired Datto and merged it with Autotask.',
        ],
        ['Ben reports to Anna.', 'Anna reports to Ben.'],
        ['Red Hat was bought by Oracle from IBM.', 'IBM bought Red Hat from Oracle.'],
        [
          'An RMM tracks tickets, while a PSA tracks devices.',
          'An RMM tracks devices.',
          'A PSA tracks tickets.',
        ],
        [
          'The SOC keeps systems available and the NOC answers attacks.',
          'The NOC keeps systems available.',
          'The SOC detects and answers attacks.',
        ],
        [
          'Use Concur for leave and HR Links for travel.',
          'Use HR Links for leave.',
          'Use Concur for travel.',
        ],
        [
          'Slack is used for incidents, and email for announcements.',
          'Slack is used for announcements, email is used for incidents.',
        ],
        [
          'RPO is the longest time a system may stay down; RTO is the most data a client accepts losing.',
          'RPO: The most data, in time, that a client accepts losing',
          'RTO: The longest time a system may stay down',
        ],
        [
          'The client owns the RMM agent and the MSP owns the firewall.',
          'The MSP owns the RMM agent and the client owns the firewall.',
        ],
        [
          'Options are treated as ISOs and no longer as NSOs.',
          'Options are treated as NSOs instead of ISOs.',
        ],
        ['Use Zoom rather than Teams.', 'Use Teams rather than Zoom.'],
        [
          'HaloITSM is the sister product that MSPs use, HaloPSA serves internal IT.',
          'HaloPSA is used by MSPs; its sister product HaloITSM serves internal IT.',
        ],
      ],
      right: [
        ['N-able was acquired by SolarWinds in 2013.', '**2013:** SolarWinds acquired N-able.'],
        [
          'In 2017, Vista Equity Partners bought Datto and merged it with Autotask.',
          '2017: Vista Equity Partners acquired Datto and merged it with Autotask.',
        ],
        ['Anna reports to Ben.', 'Anna reports to Ben.'],
        [
          'A PSA tracks tickets, while an RMM tracks devices.',
          'An RMM tracks devices.',
          'A PSA tracks tickets.',
        ],
        [
          'The NOC keeps systems available, whereas the SOC detects and answers attacks.',
          'The NOC keeps systems available.',
          'The SOC detects and answers attacks.',
        ],
        [
          'Travel is booked in Concur, leave in HR Links.',
          'Use HR Links for leave.',
          'Use Concur for travel.',
        ],
        ['Teams is to be used rather than Zoom.', 'Use Teams rather than Zoom.'],
        ['Instead of ISOs, the options are treated as NSOs.', 'Options are treated as NSOs instead of ISOs.'],
        [
          'The firewall belongs to the client and the RMM agent to the MSP.',
          'The MSP owns the RMM agent and the client owns the firewall.',
        ],
        [
          'RTO is the longest time that a system may stay down; RPO is the most data a client accepts losing.',
          'RPO: The most data, in time, that a client accepts losing',
          'RTO: The longest time a system may stay down',
        ],
      ],
    },
    'made-up expansions': {
      wrong: [
        ['An RMM (Resource Management Module) watches devices.', 'An RMM watches devices.'],
        [
          'RMM stands for remote maintenance manager.',
          'An RMM (Remote Monitoring and Management) watches devices.',
        ],
        ['The service level assurance (SLA) sets the target.', 'The SLA sets the target.'],
        [
          'PSA means Public Service Announcement here.',
          'The PSA (Professional Services Automation) holds tickets.',
        ],
      ],
      right: [
        [
          'RMM stands for Remote Monitoring and Management.',
          'An RMM (Remote Monitoring and Management) watches devices.',
        ],
        [
          'Professional Services Automation (PSA) holds tickets.',
          'The PSA (Professional Services Automation) holds tickets.',
        ],
        ['A PSA holds tickets.', 'Professional Services Automation software holds tickets.'],
      ],
    },
    overreach: {
      wrong: [
        ['The agent always finds the fault.', 'The agent finds the fault in most cases.'],
        ['Backups guarantee that no data is lost.', 'Backups protect data.'],
        ['All clients pay per user.', 'Many clients pay per user.'],
        ['The RMM is the best tool for patches.', 'The RMM is a tool for patches.'],
        ['You must book through Concur.', 'You may book through Concur.'],
        ['Only managers may book trips.', 'Managers may book trips.'],
        ['The discount is paid automatically.', 'The discount is paid.'],
        ['The team moves your holiday.', 'The team may move your holiday.'],
      ],
      right: [
        ['The agent usually finds the fault.', 'The agent finds the fault in most cases.'],
        ['Many clients pay per user.', 'Many clients pay per user.'],
        ['You can book through Concur.', 'You may book through Concur.'],
        ['Everyone must lock the screen.', 'All staff are required to lock their screens.'],
      ],
    },
    amounts: {
      wrong: [
        ['You get 15 hours.', 'You get 15 days.'],
        ['You get three weeks.', 'You get 15 hours a week for three months.'],
        ['It costs $1,000.', 'It costs $10,000.'],
        ['Answer within an hour.', 'Answer within 24 hours.'],
        ['The limit is at least 240 hours.', 'The limit is a maximum of 240 hours.'],
        ['The rate is more than 30%.', 'The rate is 30% or more.'],
        ['It began on 19 April 2014.', 'It began on March 19, 2014.'],
        ['The third step is the review.', 'The second step is the review.'],
        ['Use time code 063.', 'Use time code 036.'],
        ['Half of the cost is paid.', '85% of the cost is paid.'],
        ['Meetings are between 9 and 10:30 am.', 'Meetings are between 10:30 am and 1 pm.'],
      ],
      right: [
        ['You get two weeks.', 'You get 14 days.'],
        ['You get fourteen days.', 'You get two weeks.'],
        ['It costs 1 thousand dollars.', 'It costs $1,000.'],
        ['It costs $5,000.', 'It costs $5k.'],
        ['Answer within an hour.', 'Answer within 60 minutes.'],
        ['Five percent of the cost is paid.', '5% of the cost is paid.'],
        ['Half of the cost is paid.', '50% of the cost is paid.'],
        ['It began on 19 March 2014.', 'It began on March 19th, 2014.'],
        ['It lasts half an hour.', 'It lasts 30 minutes.'],
        ['At most 240 hours are kept.', 'Up to 240 hours are kept.'],
        ['The rate is at least 30 percent.', 'The rate is 30% or more.'],
        ['There were 1,200 visits.', 'There were one thousand two hundred visits.'],
        ['Work ends at 4:30 pm.', 'Work ends at 4:30 p.m.'],
        ['Keep it for a year.', 'Keep it for twelve months.'],
        ['Reply within ten business days.', 'Reply within 10 business days.'],
      ],
    },
  };

describe.each(Object.entries(KINDS))('the guard on %s', (_, { wrong, right }) => {
  it.each(wrong)('holds back “%s”', (claim, ...evidence) => {
    expect(guard(claim, evidence)).toEqual(expect.any(String));
  });

  it.each(right)('lets “%s” pass', (claim, ...evidence) => {
    expect(guard(claim, evidence)).toBeUndefined();
  });
});

describe('the guard', () => {
  it('takes names and numbers from headings and title, but no negation', () => {
    const evidence = ['It is carried over up to 240 hours.'];
    expect(guard('At TTS, annual leave is carried over up to 240 hours.', evidence)).toContain('TTS');
    expect(
      guard('At TTS, annual leave is carried over up to 240 hours.', evidence, ['TTS Leave > Annual leave']),
    ).toBeUndefined();
    expect(guard('It is not carried over.', evidence, ['What is not carried over'])).toEqual(
      expect.any(String),
    );
  });

  it('names what is wrong for the reader', () => {
    expect(guard('You get 30 days of leave.', ['You get 20 days of leave.'])).toBe(
      "The cited words don't say “30 days”.",
    );
    expect(guard('Kaseya sells the leave tool.', ['Datto sells the leave tool.'])).toBe(
      "The cited words don't mention “Kaseya”.",
    );
    expect(guard('Meals are paid on domestic trips.', ['Meals are paid on international trips.'])).toContain(
      'international',
    );
  });

  it('holds back what is about something else or says nothing', () => {
    expect(guard('Parking costs nothing.', ['The kitchen is cleaned every night.'])).toEqual(
      expect.any(String),
    );
    expect(guard('Yes.', ['Yes, parking is free.'])).toEqual(expect.any(String));
  });
});
